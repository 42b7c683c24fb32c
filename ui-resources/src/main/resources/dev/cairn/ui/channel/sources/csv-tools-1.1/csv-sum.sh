#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "@shlib-args@/share/shlib/args.sh"
args_begin csv-sum @version@ '[OPTION]... COLUMN [FILE]...' 'Count, add up and average one column of comma-separated values.'
args_value separator s CHARACTER , 'Fields are separated by CHARACTER'
args_parse "$@"
eval "$ARGS_REST"
args_count 1 many $#
columns=$1
shift
. "@out@/share/csv-tools/common.sh"
csv_check "$@"
cat -- "$@" | CSV_COLUMNS=$columns csv_awk sum.awk
