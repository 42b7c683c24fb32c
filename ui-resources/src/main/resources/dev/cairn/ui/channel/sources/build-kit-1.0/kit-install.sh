#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$shlib-args/share/shlib/args.sh"
args_begin kit-install 1.0 '[OPTION]... SOURCE TARGET [NAME=VALUE]...' \
    'Install one text file, putting VALUE wherever the source says @NAME@.'
args_flag program p 'Make the target executable and check its shell syntax'
args_text 'Folders of the target are made. A placeholder that stays without a value is an error.'
args_parse "$@"
eval "$ARGS_REST"
args_count 2 many $#
source=$1
target=$2
shift 2
sh_readable "$source"
for setting in "$@"; do
    case $setting in
    [a-z]*=*) ;;
    *) sh_misuse "'$setting' is not NAME=VALUE" ;;
    esac
done
mkdir -p "$(dirname "$target")"
# The settings go by the environment: awk would interpret backslashes in operands.
KIT_SETTINGS=$(printf '%s\n' "$@") LC_ALL=C awk '
    BEGIN {
        count = split(ENVIRON["KIT_SETTINGS"], lines, "\n")
        for (i = 1; i <= count; i++) {
            cut = index(lines[i], "=")
            if (cut > 0) value[substr(lines[i], 1, cut - 1)] = substr(lines[i], cut + 1)
        }
    }
    {
        rest = $0
        done = ""
        while (match(rest, /@[a-z][a-z0-9-]*@/)) {
            name = substr(rest, RSTART + 1, RLENGTH - 2)
            if (!(name in value)) {
                printf "%s:%d: nothing was given for @%s@\n", FILENAME, FNR, name | "cat >&2"
                failed = 1
                exit
            }
            done = done substr(rest, 1, RSTART - 1) value[name]
            rest = substr(rest, RSTART + RLENGTH)
        }
        print done rest
    }
    END { exit failed }' "$source" >"$target" || sh_die "cannot install $source"
if [ "$opt_program" = yes ]; then
    case $(head -n 1 "$target") in
    '#!/bin/sh'*) sh -n "$target" || sh_die "$source is not correct shell" ;;
    esac
    chmod 755 "$target"
fi
