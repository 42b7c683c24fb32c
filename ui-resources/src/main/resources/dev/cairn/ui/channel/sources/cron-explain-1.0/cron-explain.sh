#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$shlib-args/share/shlib/args.sh"
args_begin cron-explain 1.0 '[OPTION]... EXPRESSION' 'Say in words when a cron expression is due.'
args_text 'The expression has five fields: minute, hour, day of month, month, day of week. @daily and the like are
understood, too. Quote it: the shell would replace the stars.'
args_parse "$@"
eval "$ARGS_REST"
args_count 1 5 $#
printf '%s\n' "$*" | LC_ALL=C awk -f "#$output/share/cron-explain/cron.awk"
