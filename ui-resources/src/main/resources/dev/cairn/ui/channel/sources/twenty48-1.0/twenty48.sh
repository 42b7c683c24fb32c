#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$shlib-args/share/shlib/args.sh"
. "#$shlib-java/share/shlib/java.sh"
args_begin twenty48 1.0 '[OPTION]...' 'Slide tiles together until one of them is 2048.'
args_value seed s NUMBER '' 'Play game NUMBER again'
args_value size n COUNT 4 'Tiles in a row'
args_text 'Type w, a, s or d and Enter to slide up, left, down or right, q to stop. Needs Java 17 or newer.'
args_parse "$@"
eval "$ARGS_REST"
args_count 0 0 $#
[ -n "$opt_seed" ] || opt_seed=$(sh_random 1000000)
sh_whole --seed "$opt_seed" 0 999999
seed=$SH_WHOLE
sh_whole --size "$opt_size" 3 8
java_run "#$output/share/twenty48/Twenty48.java" "$seed" "$SH_WHOLE"
