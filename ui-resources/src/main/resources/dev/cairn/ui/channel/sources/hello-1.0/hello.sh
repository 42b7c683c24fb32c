#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$shlib-args/share/shlib/args.sh"
args_begin hello 1.0 '[OPTION]...' 'Greet the world.'
args_parse "$@"
eval "$ARGS_REST"
args_count 0 0 $#
echo 'Hello, world!'
