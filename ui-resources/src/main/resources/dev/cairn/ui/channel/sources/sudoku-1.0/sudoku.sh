#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$shlib-args/share/shlib/args.sh"
. "#$shlib-java/share/shlib/java.sh"
args_begin sudoku 1.0 '[OPTION]... [FILE]' 'Solve a sudoku, and say whether it has one solution.'
args_flag make m 'Make a puzzle instead'
args_value seed s NUMBER '' 'Make puzzle NUMBER again'
args_text 'The puzzle comes from FILE or standard input: 81 digits, with . or 0 for empty cells; other characters are
passed over. Exit codes: 0 one solution, 1 none or more than one. Needs Java 17 or newer.'
args_parse "$@"
eval "$ARGS_REST"
args_count 0 1 $#
if [ "$opt_make" = yes ]; then
    args_count 0 0 $#
    [ -n "$opt_seed" ] || opt_seed=$(sh_random 1000000)
    sh_whole --seed "$opt_seed" 0 999999
    java_run "#$output/share/sudoku/Sudoku.java" make "$SH_WHOLE"
fi
file=${1:--}
sh_readable "$file"
if [ "$file" = - ]; then
    java_run "#$output/share/sudoku/Sudoku.java" solve
else
    java_run "#$output/share/sudoku/Sudoku.java" solve <"$file"
fi
