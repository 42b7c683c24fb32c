# SPDX-License-Identifier: Apache-2.0
# index.awk: words, one or more a line, to a sorted list without repetition, one a line with its number.
{
    for (i = 1; i <= NF; i++) {
        if ($i !~ /^[a-z]+$/ || length($i) < 3 || length($i) > 9) {
            print FILENAME ":" FNR ": unfit word: " $i | "cat >&2"
            exit 1
        }
        print $i
    }
}
