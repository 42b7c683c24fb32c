# SPDX-License-Identifier: Apache-2.0
# bubble.awk: wants text.awk, LC_ALL=C and -v width, frame.

{
    gsub(/\t/, "    ")
    n = text_wrap($0, width, parts)
    if (n == 0) said[++count] = ""
    for (i = 1; i <= n; i++) {
        said[++count] = parts[i]
        if (text_width(parts[i]) > widest) widest = text_width(parts[i])
    }
}

END {
    round = frame == "round"
    if (count == 0) said[++count] = ""
    print (round ? "╭" : ".") text_repeat(round ? "─" : "-", widest + 2) (round ? "╮" : ".")
    side = round ? "│" : "|"
    for (i = 1; i <= count; i++) print side " " text_pad(said[i], widest, "left") " " side
    print (round ? "╰" : "'") text_repeat(round ? "─" : "-", widest + 2) (round ? "╯" : "'")
}
