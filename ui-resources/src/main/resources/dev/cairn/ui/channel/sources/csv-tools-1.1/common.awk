# SPDX-License-Identifier: Apache-2.0
# common.awk: columns by name or number, and how errors end the program.

BEGIN { separator = ENVIRON["CSV_SEPARATOR"] }

function csv_fail(message) {
    print ENVIRON["CSV_PROGRAM"] ": " message | "cat >&2"
    close("cat >&2")
    failed = 1
    exit 1
}

# csv_columns(list, n, pick): turns names or numbers into numbers with the help of the first record in field[1..n].
function csv_columns(list, n, pick,    count, i, k, names) {
    count = split(list, names, ",")
    for (i = 1; i <= count; i++) {
        pick[i] = 0
        for (k = 1; k <= n; k++) if (field[k] == names[i]) pick[i] = k
        if (!pick[i] && names[i] ~ /^[0-9]+$/) pick[i] = names[i] + 0
        if (pick[i] < 1 || pick[i] > n) csv_fail("there is no column '" names[i] "'")
    }
    return count
}

function csv_finish() {
    if (failed) exit 1
    if (csv_open) csv_fail("a quote is not closed at the end of the input")
}
