#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$shlib-args/share/shlib/args.sh"
args_begin hangman 1.0 '[OPTION]...' 'Guess a word, letter by letter, before the stones have all fallen.'
args_value list l NAME english 'Take the word from list NAME'
args_value misses m COUNT 7 'Wrong guesses that are allowed'
args_text 'Lists are files NAME.words in the folders of WORDLIST_PATH, and the one that hangman was built with.'
args_parse "$@"
eval "$ARGS_REST"
args_count 0 0 $#
sh_whole --misses "$opt_misses" 1 20
left=$SH_WHOLE
case $opt_list in
'' | */* | .*) sh_misuse "'$opt_list' is not the name of a list" ;;
esac
file=$(sh_find "$opt_list.words" "${WORDLIST_PATH:+$WORDLIST_PATH:}#$wordlist/share/wordlist") ||
    sh_die "no list of words '$opt_list'"
color_setup auto
word=$(sed -n "$(($(sh_random "$(awk 'END { print NR }' "$file")") + 1))p" "$file")
guessed=
while :; do
    shown=
    hidden=no
    rest=$word
    while [ -n "$rest" ]; do
        tail=${rest#?}
        letter=${rest%"$tail"}
        rest=$tail
        case $guessed in
        *"$letter"*) shown="$shown $letter" ;;
        *)
            shown="$shown _"
            hidden=yes
            ;;
        esac
    done
    printf '\n %s   %sguessed:%s %s   %sstones:%s ' "$shown" "$COLOR_DIM" "$COLOR_RESET" "${guessed:--}" "$COLOR_DIM" "$COLOR_RESET"
    stones=$left
    while [ "$stones" -gt 0 ]; do
        printf 'o'
        stones=$((stones - 1))
    done
    echo
    if [ "$hidden" = no ]; then
        echo "${COLOR_GREEN}That is it: $word.$COLOR_RESET"
        exit 0
    fi
    if [ "$left" -eq 0 ]; then
        echo "${COLOR_RED}The word was $word.$COLOR_RESET"
        exit 1
    fi
    printf 'Letter? '
    IFS= read -r guess || {
        echo
        exit 1
    }
    guess=$(printf '%s' "$guess" | LC_ALL=C tr A-Z a-z)
    case $guess in
    [a-z]) ;;
    *)
        echo 'One letter from a to z, please.'
        continue
        ;;
    esac
    case $guessed in
    *"$guess"*)
        echo "You had $guess before."
        continue
        ;;
    esac
    guessed=$guessed$guess
    case $word in
    *"$guess"*) ;;
    *) left=$((left - 1)) ;;
    esac
done
