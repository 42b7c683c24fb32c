#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "@shlib-args@/share/shlib/args.sh"
args_begin csv-cut @version@ '[OPTION]... COLUMN[,COLUMN]... [FILE]...' 'Print the named columns of comma-separated values, in the order given.'
args_value separator s CHARACTER , 'Fields are separated by CHARACTER'
args_text 'A column is a number from 1, or a name from the first line.'
args_parse "$@"
eval "$ARGS_REST"
args_count 1 many $#
columns=$1
shift
. "@out@/share/csv-tools/common.sh"
csv_check "$@"
cat -- "$@" | CSV_COLUMNS=$columns csv_awk cut.awk
