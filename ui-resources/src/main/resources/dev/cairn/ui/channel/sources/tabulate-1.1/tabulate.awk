# SPDX-License-Identifier: Apache-2.0
# tabulate.awk: wants text.awk, LC_ALL=C and -v style, header, right; the separator is in TABULATE_SEPARATOR.

BEGIN {
    separator = ENVIRON["TABULATE_SEPARATOR"]
    n = split(right, chosen, ",")
    for (i = 1; i <= n; i++) if (chosen[i] != "") forced[chosen[i] + 0] = 1
}

{
    sub(/\r$/, "")
    # A separator of one blank or a regular expression's character stands for itself.
    n = split($0, cells, "[" (separator == "^" || separator == "\\" ? "\\" : "") separator "]")
    if (n > columns) columns = n
    for (i = 1; i <= n; i++) {
        cell[NR, i] = text_trim(cells[i])
        size = text_width(cell[NR, i])
        if (size > width[i]) width[i] = size
        if ((NR > 1 || header != "yes") && cell[NR, i] != "" && cell[NR, i] !~ /^[-+]?[0-9][0-9.,]*%?$/) text[i] = 1
    }
}

function row(number, left, middle, end,    i, line) {
    line = left
    for (i = 1; i <= columns; i++) {
        line = line (i > 1 ? middle : "") text_pad(cell[number, i], width[i], (i in forced) || !(i in text) ? "right" : "left")
    }
    line = line end
    sub(/ +$/, "", line)
    print line
}

function border(left, stroke, middle, end, margin,    i, result) {
    result = left
    for (i = 1; i <= columns; i++) result = result (i > 1 ? middle : "") text_repeat(stroke, width[i] + margin)
    print result end
}

END {
    if (columns == 0) exit
    boxed = style == "box"
    if (boxed) border("┌", "─", "┬", "┐", 2)
    for (number = 1; number <= NR; number++) {
        if (boxed) row(number, "│ ", " │ ", " │")
        else if (style == "markdown") row(number, "| ", " | ", " |")
        else row(number, "", "  ", "")
        if (number == 1 && (header == "yes" || style == "markdown")) {
            if (boxed) border("├", "─", "┼", "┤", 2)
            else if (style == "markdown") border("|", "-", "|", "|", 2)
            else border("", "-", "  ", "", 0)
        }
    }
    if (boxed) border("└", "─", "┴", "┘", 2)
}
