#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "@shlib-args@/share/shlib/args.sh"
args_begin csv-json @version@ '[OPTION]... [FILE]...' 'Print comma-separated values as a JSON array of objects.'
args_value separator s CHARACTER , 'Fields are separated by CHARACTER'
args_text 'The names come from the first line. Whole and decimal numbers stay numbers.'
args_parse "$@"
eval "$ARGS_REST"
. "@out@/share/csv-tools/common.sh"
csv_check "$@"
cat -- "$@" | csv_awk json.awk
