#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
PROGRAM=palette
VERSION=1.0
. "#$output/share/shlib/color.sh"
when=always
case ${1:-} in
-h | --help)
    cat <<'HELP'
Usage: palette [auto|always|never]
Show the terminal's colours under the names that color.sh gives them.

  -h, --help     print this help
      --version  print the version

Without an argument the colours are always shown. NO_COLOR is honoured with auto.
HELP
    exit 0
    ;;
--version)
    echo "$PROGRAM $VERSION"
    exit 0
    ;;
'') ;;
*) when=$1 ;;
esac
[ $# -le 1 ] || sh_misuse "one argument at most"
color_setup "$when"
show() {
    printf '%s%-8s%s %sbold%s %sdim%s\n' "$2" "$1" "$COLOR_RESET" "$2$COLOR_BOLD" "$COLOR_RESET" "$2$COLOR_DIM" "$COLOR_RESET"
}
show plain ''
show red "$COLOR_RED"
show green "$COLOR_GREEN"
show yellow "$COLOR_YELLOW"
show blue "$COLOR_BLUE"
show magenta "$COLOR_MAGENTA"
show cyan "$COLOR_CYAN"
