#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "@shlib-args@/share/shlib/args.sh"
args_begin todo 2.0 '[OPTION]... [COMMAND [ARGUMENT]...]' 'Keep a list of things to do.'
args_value file f FILE '' 'Keep the list in FILE'
args_flag all a 'Show what is done, too'
args_text 'Commands:
  todo                    show what is to be done
  todo add TEXT           add an entry
  todo done NUMBER...     mark entries as done
  todo undo NUMBER...     mark entries as not done
  todo remove NUMBER...   forget entries
  todo find TEXT          show entries with TEXT
  todo top NUMBER         move an entry to the top
  todo clean              forget all that is done

The list is plain text, one entry a line, "- " before what is open and "x " before what is done. It is kept in
$TODO_FILE, or todo.txt in the folder for your data.'
args_parse "$@"
eval "$ARGS_REST"
color_setup auto
if [ -z "$opt_file" ]; then
    opt_file=${TODO_FILE:-}
    [ -n "$opt_file" ] || opt_file=$(sh_data_home todo)/todo.txt
fi
sh_temp

save() {
    mkdir -p "$(dirname "$opt_file")" || sh_die "cannot make the folder of $opt_file"
    cat "$SH_TEMP/new" >"$opt_file" || sh_die "cannot write $opt_file"
}

show() {
    [ -e "$opt_file" ] || return 0
    sh_readable "$opt_file"
    LC_ALL=C awk -v all="$opt_all" -v part="${1:-}" -v dim="$COLOR_DIM" -v bold="$COLOR_BOLD" -v reset="$COLOR_RESET" '
        {
            finished = substr($0, 1, 2) == "x "
            if (finished && all != "yes") next
            if (part != "" && index(tolower($0), tolower(part)) == 0) next
            text = substr($0, 3)
            if (text ~ /^!/) text = bold text reset
            printf "%s%3d %s %s%s\n", (finished ? dim : ""), NR, (finished ? "x" : " "), text, (finished ? reset : "")
        }' "$opt_file"
}

# Rewrites the numbered lines: $1 is the new mark, or nothing to drop the lines.
change() {
    mark=$1
    shift
    args_count 1 many $#
    [ -e "$opt_file" ] || sh_die "there is nothing on the list"
    sh_readable "$opt_file"
    size=$(awk 'END { print NR }' "$opt_file")
    for number in "$@"; do
        sh_whole NUMBER "$number" 1 "$size"
    done
    LC_ALL=C awk -v mark="$mark" -v numbers="$*" '
        BEGIN { n = split(numbers, list, " "); for (i = 1; i <= n; i++) wanted[list[i] + 0] = 1 }
        !(NR in wanted) { print; next }
        mark != "" { print mark " " substr($0, 3) }' "$opt_file" >"$SH_TEMP/new"
    save
}

command=${1:-list}
[ $# -eq 0 ] || shift
case $command in
list) show ;;
add)
    args_count 1 many $#
    case $* in
    *'
'*) sh_misuse "an entry is one line" ;;
    esac
    [ ! -e "$opt_file" ] || cat "$opt_file" >"$SH_TEMP/new"
    printf -- '- %s\n' "$*" >>"$SH_TEMP/new"
    save
    ;;
done) change x "$@" ;;
undo) change - "$@" ;;
remove) change '' "$@" ;;
find)
    args_count 1 many $#
    show "$*"
    ;;
top)
    args_count 1 1 $#
    [ -e "$opt_file" ] || sh_die "there is nothing on the list"
    sh_whole NUMBER "$1" 1 "$(awk 'END { print NR }' "$opt_file")"
    awk -v first="$SH_WHOLE" 'NR == first' "$opt_file" >"$SH_TEMP/new"
    awk -v first="$SH_WHOLE" 'NR != first' "$opt_file" >>"$SH_TEMP/new"
    save
    ;;
clean)
    args_count 0 0 $#
    [ -e "$opt_file" ] || exit 0
    awk 'substr($0, 1, 2) != "x "' "$opt_file" >"$SH_TEMP/new"
    save
    ;;
*) sh_misuse "unknown command '$command'" ;;
esac
