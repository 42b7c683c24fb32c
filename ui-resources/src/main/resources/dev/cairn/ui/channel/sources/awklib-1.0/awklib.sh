#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "@shlib-args@/share/shlib/args.sh"
args_begin awklib 1.0 '[OPTION]... PROGRAM [FILE]...' 'Run an awk program together with awk libraries.'
args_value load l NAMES csv,text,calendar 'Libraries to load, separated by commas'
args_flag list - 'Print the names of all libraries found'
args_text 'Libraries are looked for in the folders of AWKLIB_PATH, then among awklib'\''s own.'
args_parse "$@"
eval "$ARGS_REST"
folders="${AWKLIB_PATH:+$AWKLIB_PATH:}@out@/share/awk"
if [ "$opt_list" = yes ]; then
    args_count 0 0 $#
    sh_list .awk "$folders"
    exit 0
fi
args_count 1 many $#
sh_temp
printf '%s\n' "$1" >"$SH_TEMP/program.awk"
shift
for file in "$@"; do
    case $file in
    *=*) ;;
    *) sh_readable "$file" ;;
    esac
done
set -- -f "$SH_TEMP/program.awk" -- "$@"
names=$opt_load,
while [ -n "$names" ]; do
    name=${names%%,*}
    names=${names#*,}
    [ -n "$name" ] || continue
    case $name in
    */* | .*) sh_misuse "'$name' is not the name of a library" ;;
    esac
    library=$(sh_find "$name.awk" "$folders") || sh_die "no library '$name'; 'awklib --list' names those there are"
    set -- -f "$library" "$@"
done
LC_ALL=C awk "$@"
