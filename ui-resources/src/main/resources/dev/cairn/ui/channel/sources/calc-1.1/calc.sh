#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "@shlib-args@/share/shlib/args.sh"
args_begin calc 1.1 '[OPTION]... [EXPRESSION]...' 'Calculate; without an expression, line by line from standard input.'
args_value digits d COUNT 10 'Print at most COUNT significant digits'
args_text 'Knows + - * / % ^ and parentheses, the constants pi, e and tau
and the functions sqrt abs int round sin cos tan atan exp ln log rad deg fact (angles in radians).
NAME = EXPRESSION keeps a result for later lines, ans is the last one, # begins a comment.'
args_parse "$@"
eval "$ARGS_REST"
sh_whole --digits "$opt_digits" 1 15
if [ $# -gt 0 ]; then
    printf '%s\n' "$*"
else
    cat
fi | LC_ALL=C awk -v digits="$opt_digits" -f "@out@/share/calc/calc.awk"
