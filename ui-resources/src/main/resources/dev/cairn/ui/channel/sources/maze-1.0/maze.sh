#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$shlib-args/share/shlib/args.sh"
args_begin maze 1.0 '[OPTION]...' 'Draw a maze with exactly one way from anywhere to anywhere.'
args_value columns c COUNT 20 'Cells from left to right'
args_value rows r COUNT 10 'Cells from top to bottom'
args_value seed s NUMBER '' 'Draw maze NUMBER again'
args_flag solve S 'Mark the way from the top left to the bottom right'
args_parse "$@"
eval "$ARGS_REST"
args_count 0 0 $#
sh_whole --columns "$opt_columns" 2 200
sh_whole --rows "$opt_rows" 2 200
if [ -n "$opt_seed" ]; then
    sh_whole --seed "$opt_seed" 0 999999
else
    opt_seed=$(sh_random 1000000)
fi
LC_ALL=C awk -v columns="$opt_columns" -v rows="$opt_rows" -v seed="$opt_seed" -v solve="$opt_solve" \
    -f "#$output/share/maze/maze.awk"
