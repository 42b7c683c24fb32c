# SPDX-License-Identifier: Apache-2.0
# bars.awk: wants text.awk, LC_ALL=C and -v last, columns, ascii.

/^[ \t]*$/ { next }

{
    number = last == "yes" ? $NF : $1
    text = text_trim($0)
    if (last == "yes") sub(/[ \t]*[^ \t]+$/, "", text)
    else sub(/^[^ \t]+[ \t]*/, "", text)
    if (number !~ /^\+?[0-9]*\.?[0-9]+$/) {
        print "bars: line " NR ": \"" number "\" is not a number from zero on" | "cat >&2"
        close("cat >&2")
        failed = 1
        exit 1
    }
    label[++n] = text
    shown[n] = number
    value[n] = number + 0
    if (value[n] > greatest) greatest = value[n]
    if (text_width(text) > labels) labels = text_width(text)
    if (length(number) > numbers) numbers = length(number)
}

END {
    if (failed) exit 1
    room = columns - labels - numbers - 2
    if (room < 8) room = 8
    split("▏ ▎ ▍ ▌ ▋ ▊ ▉", part, " ")
    for (i = 1; i <= n; i++) {
        eighths = greatest > 0 ? int(value[i] / greatest * room * 8 + 0.5) : 0
        bar = ascii == "yes" ? text_repeat("#", int((eighths + 4) / 8)) : \
            text_repeat("█", int(eighths / 8)) (eighths % 8 ? part[eighths % 8] : "")
        print text_pad(label[i], labels, "left") " " text_pad(shown[i], numbers, "right") " " bar
    }
}
