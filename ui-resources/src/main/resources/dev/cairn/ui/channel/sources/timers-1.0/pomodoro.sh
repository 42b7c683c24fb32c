#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$output/share/timers/timers.sh"
args_begin pomodoro 1.0 '[OPTION]...' 'Work and rest by turns.'
args_value work w DURATION 25m 'Work so long'
args_value rest r DURATION 5m 'Rest so long'
args_value long l DURATION 15m 'Rest so long after the last round'
args_value rounds n COUNT 4 'Number of rounds'
args_parse "$@"
eval "$ARGS_REST"
args_count 0 0 $#
sh_whole --rounds "$opt_rounds" 1 100
rounds=$SH_WHOLE
timers_seconds "$opt_work"
work=$SECONDS_WANTED
timers_seconds "$opt_rest"
rest=$SECONDS_WANTED
timers_seconds "$opt_long"
long=$SECONDS_WANTED
round=1
while [ "$round" -le "$rounds" ]; do
    echo "Round $round of $rounds: work."
    timers_wait "$work" work
    if [ "$round" -lt "$rounds" ]; then
        echo 'Rest.'
        timers_wait "$rest" rest
    fi
    round=$((round + 1))
done
echo 'Done. Have a long rest.'
timers_wait "$long" rest
