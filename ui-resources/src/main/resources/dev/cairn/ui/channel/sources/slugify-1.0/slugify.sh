#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$shlib-args/share/shlib/args.sh"
args_begin slugify 1.0 '[OPTION]... [TEXT]...' 'Turn titles into short names for files and addresses.'
args_value separator s CHARACTER - 'Join the words by CHARACTER: - _ or .'
args_value length n COUNT 80 'Cut at a word so that at most COUNT characters stay'
args_text 'Without TEXT every line of standard input is turned into one name.'
args_parse "$@"
eval "$ARGS_REST"
case $opt_separator in
[-_.]) ;;
*) sh_misuse "the separator must be - _ or ." ;;
esac
sh_whole --length "$opt_length" 1 250
if [ $# -gt 0 ]; then
    printf '%s\n' "$*"
else
    cat
fi | LC_ALL=C awk -v separator="$opt_separator" -v most="$opt_length" -f "#$output/share/slugify/letters.awk"
