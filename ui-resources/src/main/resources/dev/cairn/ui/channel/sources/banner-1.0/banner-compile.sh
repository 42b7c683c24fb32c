#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "@shlib-args@/share/shlib/args.sh"
args_begin banner-compile 1.0 '[OPTION]... FILE' 'Compile a drawing of letters into a font for banner.'
args_value ink i TEXT '#' 'Draw with TEXT where the drawing has #'
args_value height - ROWS 5 'Rows of a letter'
args_value half - TEXTS '' 'Draw two rows in one line with these three, divided by commas: both, upper, lower'
args_text 'A drawing has, for each letter, a line "= LETTER" and then its rows of # and dots.'
args_parse "$@"
eval "$ARGS_REST"
args_count 1 1 $#
sh_readable "$1"
sh_whole --height "$opt_height" 1 50
BANNER_INK=$opt_ink BANNER_HALF=$opt_half LC_ALL=C awk -v height="$opt_height" -f "@out@/share/banner/compile.awk" "$1"
