#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$shlib-args/share/shlib/args.sh"
args_begin passphrase 1.0 '[OPTION]...' 'Make a passphrase of words chosen with the system'\''s random numbers.'
args_value words w COUNT 6 'Number of words'
args_value separator s TEXT - 'Put TEXT between the words'
args_value list l NAME english 'Take the words of list NAME'
args_text 'Lists are files NAME.words in the folders of WORDLIST_PATH, and the one that passphrase was built with.
The strength in bits is written to standard error.'
args_parse "$@"
eval "$ARGS_REST"
args_count 0 0 $#
sh_whole --words "$opt_words" 1 64
words=$SH_WHOLE
case $opt_list in
'' | */* | .*) sh_misuse "'$opt_list' is not the name of a list" ;;
esac
file=$(sh_find "$opt_list.words" "${WORDLIST_PATH:+$WORDLIST_PATH:}#$wordlist/share/wordlist") ||
    sh_die "no list of words '$opt_list'"
size=$(awk 'END { print NR }' "$file")
[ "$size" -gt 1 ] || sh_die "$file holds too few words"
make() {
    result=
    made=0
    while [ "$made" -lt "$words" ]; do
        word=$(sed -n "$(($(sh_random "$size") + 1))p" "$file")
        result=$result${result:+$opt_separator}$word
        made=$((made + 1))
    done
    printf '%s\n' "$result"
}
make
awk -v size="$size" -v words="$words" 'BEGIN { printf "%d words of %d: %.0f bits\n", words, size, words * log(size) / log(2) }' >&2
