#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
PROGRAM=shlib
VERSION=1.0
. "#$output/share/shlib/shlib.sh"
folders="${SHLIB_PATH:+$SHLIB_PATH:}#$output/share/shlib"

case ${1:-} in
-h | --help)
    cat <<'HELP'
Usage: shlib list | shlib which NAME
Find the shell libraries that are installed beside each other.

  list         print the names of all libraries found
  which NAME   print the file of a library, to be sourced:
                   . "$(shlib which args)"

  -h, --help     print this help
      --version  print the version

Libraries are looked for in the folders of SHLIB_PATH, then among shlib's own.
HELP
    ;;
--version) echo "$PROGRAM $VERSION" ;;
list)
    [ $# -eq 1 ] || sh_misuse "list takes no argument"
    sh_list .sh "$folders"
    ;;
which)
    [ $# -eq 2 ] || sh_misuse "which takes one name"
    case $2 in
    '' | */* | .*) sh_misuse "'$2' is not the name of a library" ;;
    esac
    sh_find "$2.sh" "$folders" || sh_die "no library '$2'; 'shlib list' names those there are"
    ;;
'') sh_misuse "say list or which" ;;
*) sh_misuse "unknown command '$1'" ;;
esac
