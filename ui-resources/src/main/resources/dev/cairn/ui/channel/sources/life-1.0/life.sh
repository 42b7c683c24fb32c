#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$shlib-args/share/shlib/args.sh"
args_begin life 1.0 '[OPTION]... [FILE]' 'Run the game of life on a torus.'
args_value generations g COUNT 50 'Generations to run'
args_value columns c COUNT 60 'Width of the world'
args_value rows r COUNT 20 'Height of the world'
args_value pause p SECONDS 0.1 'Wait between generations on a terminal'
args_flag last l 'Print the last generation only'
args_text 'FILE draws the first generation with O or # for living cells; without it, the world begins at random.'
args_parse "$@"
eval "$ARGS_REST"
args_count 0 1 $#
sh_whole --generations "$opt_generations" 0 100000
sh_whole --columns "$opt_columns" 3 500
sh_whole --rows "$opt_rows" 3 500
case $opt_pause in
'' | *[!0-9.]* | *.*.*) sh_misuse "--pause must be a number, not '$opt_pause'" ;;
esac
terminal=no
[ -t 1 ] && [ "$opt_last" = no ] && terminal=yes
if [ $# -eq 1 ]; then
    sh_readable "$1"
    cat -- "$1"
fi | LC_ALL=C awk -v generations="$opt_generations" -v columns="$opt_columns" -v rows="$opt_rows" -v last="$opt_last" \
    -v terminal="$terminal" -v pause="$opt_pause" -v seed="$([ $# -eq 1 ] && echo 0 || echo $(($(sh_random 1000000) + 1)))" \
    -f "#$output/share/life/life.awk"
