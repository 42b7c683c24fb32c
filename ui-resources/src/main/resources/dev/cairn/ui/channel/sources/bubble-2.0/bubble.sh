#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$shlib-args/share/shlib/args.sh"
args_begin bubble 2.0 '[OPTION]... [TEXT]...' 'Let a figure say something.'
args_value width w COLUMNS 40 'Wrap the text at COLUMNS'
args_value figure f NAME cairn 'Who says it'
args_flag think t 'The figure only thinks it'
args_flag round r 'Draw a rounded frame with box characters'
args_flag list l 'Print the names of all figures'
args_text 'Without TEXT it comes from standard input. Figures are files NAME.figure in the folders of BUBBLE_PATH,
and among those that bubble brings along; in them $ stands where the line to the bubble runs.'
args_parse "$@"
eval "$ARGS_REST"
folders="${BUBBLE_PATH:+$BUBBLE_PATH:}#$output/share/bubble"
if [ "$opt_list" = yes ]; then
    sh_list .figure "$folders"
    exit 0
fi
case $opt_figure in
'' | */* | .*) sh_misuse "'$opt_figure' is not the name of a figure" ;;
esac
figure=$(sh_find "$opt_figure.figure" "$folders") || sh_die "no figure '$opt_figure'; --list names those there are"
sh_whole --width "$opt_width" 5 500
line='\' frame=plain
[ "$opt_think" = no ] || line=o
[ "$opt_round" = no ] || frame=round
if [ $# -gt 0 ]; then
    printf '%s\n' "$*"
else
    cat
fi | BUBBLE_LINE=$line LC_ALL=C awk -v width="$opt_width" -v frame="$frame" -f "#$awklib/share/awk/text.awk" \
    -f "#$output/share/bubble/bubble.awk"
BUBBLE_LINE=$line LC_ALL=C awk '{
    rest = $0
    shown = ""
    while ((at = index(rest, "$")) > 0) {
        shown = shown substr(rest, 1, at - 1) ENVIRON["BUBBLE_LINE"]
        rest = substr(rest, at + 1)
    }
    print shown rest
}' "$figure"
