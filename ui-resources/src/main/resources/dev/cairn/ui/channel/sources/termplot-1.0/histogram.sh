#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "@shlib-args@/share/shlib/args.sh"
args_begin histogram 1.0 '[OPTION]... [FILE]...' 'Draw how the numbers of the input are spread.'
args_value bins b COUNT 10 'Number of bars'
args_value width w COLUMNS "$(sh_width)" 'Width of the chart'
args_flag ascii a 'Draw with # only'
args_parse "$@"
eval "$ARGS_REST"
sh_whole --bins "$opt_bins" 1 200
sh_whole --width "$opt_width" 20 1000
for file in "$@"; do
    sh_readable "$file"
done
option=
[ "$opt_ascii" = no ] || option=--ascii
cat -- "$@" | tr -s ' \t\r' '\n' | LC_ALL=C awk -v bins="$opt_bins" '
    /^[-+]?[0-9]*\.?[0-9]+$/ {
        value[++n] = $0 + 0
        if (n == 1 || value[n] < least) least = value[n]
        if (n == 1 || value[n] > greatest) greatest = value[n]
    }
    END {
        if (!n) exit
        step = (greatest - least) / bins
        if (step == 0) bins = step = 1
        for (i = 1; i <= n; i++) {
            bin = int((value[i] - least) / step)
            count[bin >= bins ? bins - 1 : bin]++
        }
        for (i = 0; i < bins; i++) printf "%d %.6g .. %.6g\n", count[i], least + i * step, least + (i + 1) * step
    }' | "@out@/bin/bars" $option --width="$opt_width"
