#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "@shlib-args@/share/shlib/args.sh"
args_begin csv-table @version@ '[OPTION]... [FILE]...' 'Show comma-separated values as a table.'
args_value separator s CHARACTER , 'Fields are separated by CHARACTER'
args_value style S STYLE plain 'Style of the table, as tabulate knows them'
args_parse "$@"
eval "$ARGS_REST"
. "@out@/share/csv-tools/common.sh"
csv_check "$@"
cat -- "$@" | csv_awk tabs.awk | "@tabulate@/bin/tabulate" --header --style="$opt_style"
