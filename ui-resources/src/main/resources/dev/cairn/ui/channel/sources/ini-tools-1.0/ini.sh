#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$shlib-args/share/shlib/args.sh"
args_begin ini 1.0 'COMMAND ARGUMENT...' 'Read and change settings files with [sections] and key = value lines.'
args_text 'Commands:
  ini get FILE SECTION KEY          print a value; exit code 1 when there is none
  ini set FILE SECTION KEY VALUE    change or add a value; everything else stays as it is
  ini unset FILE SECTION KEY        remove a value
  ini sections FILE                 print the names of all sections
  ini keys FILE SECTION             print the keys of a section
  ini lines FILE                    print every setting as section.key=value

An empty SECTION stands for the lines before the first one. ; and # begin comments.'
args_parse "$@"
eval "$ARGS_REST"
args_count 2 5 $#
command=$1
file=$2
shift 2
need() {
    [ "$1" -eq "$2" ] || sh_misuse "$command takes another number of arguments"
}
case $command in
get | unset) need $# 2 ;;
set) need $# 3 ;;
keys) need $# 1 ;;
sections | lines) need $# 0 ;;
*) sh_misuse "unknown command '$command'" ;;
esac
case "${1:-}${2:-}${3:-}" in
*'
'*) sh_misuse "line ends cannot be part of a setting" ;;
esac
if [ "$command" = set ] && [ ! -e "$file" ]; then
    : >"$file" || sh_die "$file: cannot be made"
fi
sh_readable "$file"
run() {
    INI_SECTION=${1:-} INI_KEY=${2:-} INI_VALUE=${3:-} LC_ALL=C awk -v command="$command" \
        -f "#$awklib/share/awk/text.awk" -f "#$output/share/ini/ini.awk" "$file"
}
case $command in
set | unset)
    [ -w "$file" ] || sh_die "$file: no permission to write"
    sh_temp
    run "$@" >"$SH_TEMP/new"
    # Written through the old file, which keeps its owner, mode and links.
    cat "$SH_TEMP/new" >"$file" || sh_die "$file: cannot be written"
    ;;
*) run "$@" ;;
esac
