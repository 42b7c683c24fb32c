# SPDX-License-Identifier: Apache-2.0
# compile.awk: the list people keep, to one line for each name: name, kind, factor, offset. Refuses names given twice.
/^;/ || NF == 0 { next }
NF < 3 || $3 !~ /^[0-9.]+$/ || $3 + 0 == 0 {
    print FILENAME ":" FNR ": kind, names and a factor were expected" | "cat >&2"
    exit 1
}
{
    n = split($2, names, ",")
    for (i = 1; i <= n; i++) {
        if (names[i] in seen) {
            print FILENAME ":" FNR ": " names[i] " is there already" | "cat >&2"
            exit 1
        }
        seen[names[i]] = 1
        print names[i], $1, $3, (NF > 3 ? $4 : 0)
    }
}
