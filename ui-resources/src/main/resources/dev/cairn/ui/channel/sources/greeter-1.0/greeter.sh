#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$shlib-args/share/shlib/args.sh"
args_begin greeter 1.0 '[OPTION]...' 'Greet a new terminal with a saying in a bubble.'
args_value figure f NAME cairn 'Who says it'
args_flag title t 'Write the name of the machine above it'
args_text 'Good as the last line of ~/.profile. FORTUNE_PATH, BUBBLE_PATH and BANNER_FONT_PATH are honoured.'
args_parse "$@"
eval "$ARGS_REST"
args_count 0 0 $#
if [ "$opt_title" = yes ]; then
    "#$banner/bin/banner" "$(uname -n)"
    echo
fi
"#$fortune/bin/fortune" --width 46 | "#$bubble/bin/bubble" --round --width 46 --figure "$opt_figure"
