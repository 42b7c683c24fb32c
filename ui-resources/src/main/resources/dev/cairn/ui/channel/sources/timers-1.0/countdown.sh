#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$output/share/timers/timers.sh"
args_begin countdown 1.0 '[OPTION]... DURATION' 'Wait for a duration such as 90s, 5m or 1h30m, and show what is left.'
args_value message m TEXT 'Time is up.' 'Print TEXT at the end'
args_parse "$@"
eval "$ARGS_REST"
args_count 1 1 $#
timers_seconds "$1"
timers_wait "$SECONDS_WANTED" left
printf '%s\n' "$opt_message"
