#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$shlib-args/share/shlib/args.sh"
args_begin notes 1.0 '[OPTION]... [COMMAND [ARGUMENT]...]' 'Keep notes as Markdown files in one folder.'
args_value folder f FOLDER '' 'Keep the notes in FOLDER'
args_text 'Commands:
  notes                     list the notes
  notes new TITLE           write a note from standard input, or with $EDITOR on a terminal
  notes show NAME           print a note as text
  notes html NAME           print a note as an HTML page
  notes edit NAME           change a note with $EDITOR
  notes find TEXT           print the lines with TEXT
  notes remove NAME         delete a note

The folder is $NOTES_FOLDER, or notes in the folder for your data.'
args_parse "$@"
eval "$ARGS_REST"
if [ -z "$opt_folder" ]; then
    opt_folder=${NOTES_FOLDER:-}
    [ -n "$opt_folder" ] || opt_folder=$(sh_data_home notes)
fi
command=${1:-list}
[ $# -eq 0 ] || shift

note() {
    args_count 1 1 $#
    case $1 in
    '' | */* | .*) sh_misuse "'$1' is not the name of a note" ;;
    esac
    file=$opt_folder/${1%.md}.md
    [ -f "$file" ] || sh_die "there is no note '$1'"
}

edit() {
    sh -c "${VISUAL:-${EDITOR:-vi}} \"\$1\"" notes "$1"
}

case $command in
list)
    args_count 0 0 $#
    for file in "$opt_folder"/*.md; do
        [ -f "$file" ] || continue
        name=${file##*/}
        printf '%-30s %s\n' "${name%.md}" "$(sed -n 's/^# //p' "$file" | head -n 1)"
    done
    ;;
new)
    args_count 1 many $#
    name=$("#$slugify/bin/slugify" -- "$*")
    file=$opt_folder/$name.md
    [ ! -e "$file" ] || sh_die "there is a note '$name' already"
    mkdir -p "$opt_folder" || sh_die "cannot make $opt_folder"
    printf '# %s\n\n' "$*" >"$file"
    if [ -t 0 ]; then
        edit "$file"
    else
        cat >>"$file"
    fi
    echo "$name"
    ;;
show)
    note "$@"
    "#$markdown/bin/mdto" text "$file"
    ;;
html)
    note "$@"
    "#$markdown/bin/mdto" html --page "$file"
    ;;
edit)
    note "$@"
    edit "$file"
    ;;
find)
    args_count 1 1 $#
    cd "$opt_folder" 2>/dev/null || sh_die "there are no notes in $opt_folder"
    set -- "$1" *.md
    [ -f "$2" ] || sh_die "there are no notes in $opt_folder"
    text=$1
    shift
    grep -iFn -e "$text" -- "$@" /dev/null
    ;;
remove)
    note "$@"
    rm -- "$file"
    ;;
*) sh_misuse "unknown command '$command'" ;;
esac
