#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "@shlib-args@/share/shlib/args.sh"
args_begin fortune 2.0 '[OPTION]... [COLLECTION]...' 'Print a saying, chosen at random.'
args_value number n NUMBER '' 'Print saying NUMBER of the one named collection'
args_value width w COLUMNS 72 'Wrap at COLUMNS'
args_flag list l 'Print the names and sizes of all collections'
args_text 'Collections are looked for in the folders of FORTUNE_PATH; without it, there are the ones that fortune
was built with.'
args_parse "$@"
eval "$ARGS_REST"
folders=${FORTUNE_PATH:-@fortunes@}
if [ $# -eq 0 ]; then
    # shellcheck disable=SC2046
    set -- $(sh_list .fortunes "$folders")
    [ $# -gt 0 ] || sh_die "there is no collection in $folders"
fi
sh_temp
# Each collection begins with the count of its sayings; one saying is one line, with | for its line ends.
total=0
for name in "$@"; do
    case $name in
    '' | */* | .*) sh_misuse "'$name' is not the name of a collection" ;;
    esac
    file=$(sh_find "$name.fortunes" "$folders") || sh_die "no collection '$name'; --list names those there are"
    read -r count <"$file"
    sh_is_whole "$count" || sh_die "$file is damaged: it does not begin with a count"
    printf '%s %s %s\n' "$count" "$name" "$file" >>"$SH_TEMP/collections"
    total=$((total + count))
done
if [ "$opt_list" = yes ]; then
    while read -r count name file; do
        printf '%5d  %s\n' "$count" "$name"
    done <"$SH_TEMP/collections"
    exit 0
fi
[ "$total" -gt 0 ] || sh_die "the collections are empty"
if [ -n "$opt_number" ]; then
    [ $# -eq 1 ] || sh_misuse "--number wants one collection"
    sh_whole --number "$opt_number" 1 "$total"
    chosen=$SH_WHOLE
else
    chosen=$(($(sh_random "$total") + 1))
fi
sh_whole --width "$opt_width" 20 1000
while read -r count name file; do
    if [ "$chosen" -le "$count" ]; then
        sed -n "$((chosen + 1))p" "$file" | tr '|' '\n' | LC_ALL=C awk -v width="$opt_width" -f "@awklib@/share/awk/text.awk" \
            -f "@out@/share/fortune/wrap.awk"
        break
    fi
    chosen=$((chosen - count))
done <"$SH_TEMP/collections"
