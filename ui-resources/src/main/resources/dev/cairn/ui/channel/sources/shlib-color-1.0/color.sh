# SPDX-License-Identifier: Apache-2.0
# color.sh: terminal colours by name, empty where they would do harm.
. "#$shlib/share/shlib/shlib.sh"

# color_setup [auto|always|never]: sets the COLOR_ variables. auto asks NO_COLOR, TERM and whether output is a terminal.
color_setup() {
    _color_on=no
    case ${1:-auto} in
    always) _color_on=yes ;;
    never) ;;
    auto)
        if [ -z "${NO_COLOR:-}" ] && [ "${TERM:-dumb}" != dumb ] && [ -t 1 ]; then
            _color_on=yes
        fi
        ;;
    *) sh_misuse "colour must be auto, always or never, not '$1'" ;;
    esac
    if [ "$_color_on" = yes ]; then
        _color_escape=$(printf '\033[')
        COLOR_RESET=${_color_escape}0m
        COLOR_BOLD=${_color_escape}1m
        COLOR_DIM=${_color_escape}2m
        COLOR_RED=${_color_escape}31m
        COLOR_GREEN=${_color_escape}32m
        COLOR_YELLOW=${_color_escape}33m
        COLOR_BLUE=${_color_escape}34m
        COLOR_MAGENTA=${_color_escape}35m
        COLOR_CYAN=${_color_escape}36m
    else
        COLOR_RESET='' COLOR_BOLD='' COLOR_DIM='' COLOR_RED='' COLOR_GREEN='' COLOR_YELLOW=''
        COLOR_BLUE='' COLOR_MAGENTA='' COLOR_CYAN=''
    fi
}
