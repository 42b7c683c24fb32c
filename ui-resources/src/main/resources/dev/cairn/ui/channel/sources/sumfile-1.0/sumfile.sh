#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$shlib-args/share/shlib/args.sh"
args_begin sumfile 1.0 '[OPTION]... make|check|compare FOLDER' 'Keep a list of the SHA-256 hashes of a folder'\''s files.'
args_value file f FILE '' 'The list (default: SHA256SUMS in FOLDER)'
args_text 'make writes the list, check tells which files are as they were, compare prints what was added (+), removed (-)
or changed (!). The list can be read by sha256sum --check as well. Exit codes of check and compare: 0 when all is the
same, 1 when not.'
args_parse "$@"
eval "$ARGS_REST"
args_count 2 2 $#
[ -d "$2" ] || sh_die "$2: no such folder"
case $opt_file in
'') list=SHA256SUMS ;;
/*) list=$opt_file ;;
*) list=$PWD/$opt_file ;;
esac
command=$1
cd -- "$2" || sh_die "cannot enter $2"
sh_temp
sums() {
    find . -type f ! -path ./SHA256SUMS -exec sha256sum -- {} + | LC_ALL=C sort -k 2
}
case $command in
make)
    sums >"$SH_TEMP/new"
    cat "$SH_TEMP/new" >"$list" || sh_die "cannot write $list"
    echo "$(awk 'END { print NR }' "$SH_TEMP/new") files"
    ;;
check)
    sh_readable "$list"
    sha256sum --check --quiet -- "$list"
    ;;
compare)
    sh_readable "$list"
    sums >"$SH_TEMP/new"
    LC_ALL=C awk '
        { hash = $1; sub(/^[^ ]* [ *]/, "") }
        FNR == NR { old[$0] = hash; next }
        !($0 in old) { print "+ " $0; next }
        old[$0] != hash { print "! " $0 }
        { seen[$0] = 1 }
        END { for (name in old) if (!(name in seen)) print "- " name }' "$list" "$SH_TEMP/new" |
        LC_ALL=C sort -k 2 >"$SH_TEMP/differences"
    cat "$SH_TEMP/differences"
    [ ! -s "$SH_TEMP/differences" ]
    ;;
*) sh_misuse "unknown command '$command'" ;;
esac
