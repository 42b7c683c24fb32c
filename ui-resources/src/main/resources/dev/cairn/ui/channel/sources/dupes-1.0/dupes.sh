#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$shlib-args/share/shlib/args.sh"
args_begin dupes 1.0 '[OPTION]... [FOLDER]...' 'Find files with the same content.'
args_value least m BYTES 1 'Pass over files smaller than BYTES'
args_flag sum s 'Print only how much could be saved'
args_text 'Only files of the same size are read. Each group is printed with a blank line after it; files whose names hold
a line end are passed over. Exit code 1 when there are duplicates.'
args_parse "$@"
eval "$ARGS_REST"
sh_whole --least "$opt_least" 0 999999999999
[ $# -gt 0 ] || set -- .
for folder in "$@"; do
    [ -d "$folder" ] || sh_die "$folder: no such folder"
done
sh_temp
newline='
'
for folder in "$@"; do
    case $folder in
    -*) folder=./$folder ;;
    esac
    find "$folder" -type f -size +"$((SH_WHOLE - 1))"c ! -name "*$newline*" -printf '%s %i %D %p\n'
done | LC_ALL=C awk '
    # Hard links are one file, not duplicates.
    !seen[$2, $3]++ {
        size = $1
        sub(/^[^ ]* [^ ]* [^ ]* /, "")
        if (size in first) {
            if (first[size] != "") print first[size]
            first[size] = ""
            print
        } else first[size] = $0
    }' | tr '\n' '\0' | xargs -0 -r sha256sum -z -- | tr '\0' '\n' | LC_ALL=C sort >"$SH_TEMP/sums"
LC_ALL=C awk -v sum="$opt_sum" '
    { hash = $1; name = substr($0, length($1) + 3) }
    hash == last {
        if (group == 0 && groups++ && sum != "yes") print ""
        if (group++ == 0 && sum != "yes") print previous
        if (sum != "yes") print name
        extra++
    }
    hash != last { group = 0 }
    { last = hash; previous = name }
    END {
        if (sum == "yes") print groups + 0 " groups, " extra + 0 " files too many"
        exit extra > 0
    }' "$SH_TEMP/sums"
