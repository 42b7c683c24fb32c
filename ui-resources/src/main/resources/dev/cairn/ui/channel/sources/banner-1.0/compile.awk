# SPDX-License-Identifier: Apache-2.0
# compile.awk: wants -v height; the ink is in BANNER_INK and BANNER_HALF.

BEGIN {
    ink = ENVIRON["BANNER_INK"]
    halves = ENVIRON["BANNER_HALF"] != ""
    split(ENVIRON["BANNER_HALF"], half, ",")
    print halves ? int((height + 1) / 2) : height
}

/^= .$/ {
    finish()
    letter = substr($0, 3)
    next
}

/^[#.]+$/ && letter != "" {
    row[++rows] = $0
    if (rows > 1 && length($0) != length(row[1])) fail("rows of '" letter "' differ in length")
    next
}

/^(;.*)?$/ { next }

{ fail("this is neither a letter nor a row") }

END {
    if (failed) exit 1
    finish()
}

function fail(message) {
    print "banner-compile: line " NR ": " message | "cat >&2"
    close("cat >&2")
    failed = 1
    exit 1
}

function pixel(number, column) {
    return number <= rows && substr(row[number], column, 1) == "#"
}

function finish(    line, i, k) {
    if (letter == "") return
    if (rows != height) fail("'" letter "' has " rows " rows, not " height)
    line = letter
    for (i = 1; i <= height; i += halves ? 2 : 1) {
        line = line "\t"
        for (k = 1; k <= length(row[1]); k++) {
            if (halves) {
                line = line (pixel(i, k) ? (pixel(i + 1, k) ? half[1] : half[2]) : pixel(i + 1, k) ? half[3] : " ")
            } else line = line (pixel(i, k) ? ink : " ")
        }
    }
    print line
    rows = 0
    letter = ""
}
