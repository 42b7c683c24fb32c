# SPDX-License-Identifier: Apache-2.0
# banner.awk: wants text.awk, LC_ALL=C and -v font, width. A font is a line with its height, then for each letter a
# line with the letter, a tab and the letter's rows divided by tabs.

BEGIN {
    getline height <font
    height += 0
    while ((getline line <font) > 0) {
        n = split(line, rows, "\t")
        for (i = 1; i <= height; i++) glyph[rows[1], i] = rows[i + 1]
        known[rows[1]] = 1
    }
    close(font)
}

function print_row(    i) {
    for (i = 1; i <= height; i++) {
        sub(/ +$/, "", row[i])
        print row[i]
        row[i] = ""
    }
    used = 0
}

{
    text = toupper($0)
    while (match(text, /^[\001-\177]|^[\300-\377][\200-\277]*|^[\200-\277]/)) {
        letter = substr(text, 1, RLENGTH)
        text = substr(text, RLENGTH + 1)
        if (!(letter in known)) letter = "?"
        size = text_width(glyph[letter, 1]) + 1
        if (used && used + size > width) print_row()
        for (i = 1; i <= height; i++) row[i] = row[i] glyph[letter, i] " "
        used += size
    }
    print_row()
}
