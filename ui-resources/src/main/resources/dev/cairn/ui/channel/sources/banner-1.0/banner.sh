#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "@shlib-args@/share/shlib/args.sh"
args_begin banner 1.0 '[OPTION]... TEXT...' 'Write TEXT in large letters.'
args_value font f NAME block 'Font to write with'
args_value width w COLUMNS "$(sh_width)" 'Begin a new row where a letter would pass COLUMNS'
args_flag list l 'Print the names of all fonts'
args_text 'Fonts are files NAME.font in the folders of BANNER_FONT_PATH; without it, there are those that banner was
built with.'
args_parse "$@"
eval "$ARGS_REST"
folders=${BANNER_FONT_PATH:-@fonts@}
if [ "$opt_list" = yes ]; then
    sh_list .font "$folders"
    exit 0
fi
args_count 1 many $#
case $opt_font in
'' | */* | .*) sh_misuse "'$opt_font' is not the name of a font" ;;
esac
font=$(sh_find "$opt_font.font" "$folders") || sh_die "no font '$opt_font'; --list names those there are"
sh_whole --width "$opt_width" 10 10000
printf '%s\n' "$*" | LC_ALL=C awk -v font="$font" -v width="$opt_width" -f "@awklib@/share/awk/text.awk" \
    -f "@out@/share/banner/banner.awk"
