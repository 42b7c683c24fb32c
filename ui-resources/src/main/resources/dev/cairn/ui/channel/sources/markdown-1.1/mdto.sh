#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "@shlib-args@/share/shlib/args.sh"
args_begin mdto 1.1 '[OPTION]... html|man|text [FILE]...' 'Convert Markdown to HTML, a manual page or plain text.'
args_flag page p 'Write a whole HTML page with head and style'
args_value title t TITLE '' "Title of the page (default: the first heading's text)"
args_value section s SECTION 1 'Section of the manual'
args_value width w COLUMNS 72 'Width of plain text'
args_parse "$@"
eval "$ARGS_REST"
args_count 1 many $#
mode=$1
shift
case $mode in
html | man | text) ;;
*) sh_misuse "unknown format '$mode': html, man or text" ;;
esac
sh_whole --width "$opt_width" 20 1000
for file in "$@"; do
    sh_readable "$file"
done
sh_temp
cat -- "$@" >"$SH_TEMP/input" || sh_die "cannot read the input"
if [ -z "$opt_title" ]; then
    opt_title=$(sed -n '/^# /{s/^# *//;s/([0-9][a-z]*).*//;p;q;}' "$SH_TEMP/input")
fi
escape() {
    printf '%s\n' "$1" | sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g'
}
if [ "$mode" = html ] && [ "$opt_page" = yes ]; then
    printf '<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n<title>%s</title>\n<style>\n' "$(escape "$opt_title")"
    cat "@out@/share/markdown/page.css"
    printf '</style>\n</head>\n<body>\n'
fi
MDTO_TITLE=$opt_title LC_ALL=C awk -v mode="$mode" -v width="$opt_width" -v section="$opt_section" \
    -f "@awklib@/share/awk/text.awk" -f "@out@/share/markdown/mdto.awk" "$SH_TEMP/input"
if [ "$mode" = html ] && [ "$opt_page" = yes ]; then
    printf '</body>\n</html>\n'
fi
