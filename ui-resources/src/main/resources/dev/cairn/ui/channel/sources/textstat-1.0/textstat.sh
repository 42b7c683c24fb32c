#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$shlib-args/share/shlib/args.sh"
args_begin textstat 1.0 '[OPTION]... [FILE]...' 'Count words and sentences, estimate reading time, find frequent words.'
args_value top t COUNT 5 'Show the COUNT most frequent words; 0 for none'
args_value speed s WORDS 200 'Words that a reader takes in per minute'
args_value least m LETTERS 4 'Frequent words have at least so many letters'
args_parse "$@"
eval "$ARGS_REST"
sh_whole --top "$opt_top" 0 1000
sh_whole --speed "$opt_speed" 1 10000
sh_whole --least "$opt_least" 1 50
for file in "$@"; do
    sh_readable "$file"
done
sh_temp
cat -- "$@" >"$SH_TEMP/text"
LC_ALL=C awk -v speed="$opt_speed" '
    {
        words += NF
        text = $0
        gsub(/[\200-\277]/, "", text)
        characters += length(text) + 1
        if (NF == 0) between = 1
        else {
            if (between || NR == 1) paragraphs++
            between = 0
        }
        sentences += gsub(/[.!?]+(["\047)]|[ \t]|$)/, "", text)
    }
    END {
        minutes = words / speed
        printf "lines         %d\nparagraphs    %d\nsentences     %d\nwords         %d\ncharacters    %d\n", \
            NR, paragraphs, sentences, words, characters
        if (sentences) printf "per sentence  %.1f\n", words / sentences
        printf "reading time  %d min %02d s\n", int(minutes), int((minutes - int(minutes)) * 60 + 0.5) % 60
    }' "$SH_TEMP/text"
if [ "$opt_top" -gt 0 ]; then
    LC_ALL=C tr 'A-Z' 'a-z' <"$SH_TEMP/text" | LC_ALL=C tr -cs "a-z\200-\377'" '\n' |
        LC_ALL=C awk -v least="$opt_least" '
            { size = $0; gsub(/[\200-\277]/, "", size) }
            length(size) >= least { seen[$0]++ }
            END { for (word in seen) print seen[word] "\t" word }' |
        LC_ALL=C sort -k1,1nr -k2,2 | head -n "$opt_top" >"$SH_TEMP/top"
    if [ -s "$SH_TEMP/top" ]; then
        printf '\nfrequent words\n'
        awk '{ printf "%6d  %s\n", $1, $2 }' "$SH_TEMP/top"
    fi
fi
