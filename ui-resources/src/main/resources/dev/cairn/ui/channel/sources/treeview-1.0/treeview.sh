#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$shlib-args/share/shlib/args.sh"
args_begin treeview 1.0 '[OPTION]... [FOLDER]' 'Draw a folder and what is below it as a tree.'
args_value depth d LEVELS 99 'Go down LEVELS folders'
args_flag all a 'Show hidden files, too'
args_flag folders f 'Show folders only'
args_flag paths p 'Read paths from standard input, such as of tar -t or git ls-files'
args_flag ascii A 'Draw with ASCII characters'
args_parse "$@"
eval "$ARGS_REST"
args_count 0 1 $#
sh_whole --depth "$opt_depth" 1 1000
root=${1:-.}
if [ "$opt_paths" = yes ]; then
    cat
else
    [ -d "$root" ] || sh_die "$root: no such folder"
    cd -- "$root" || sh_die "cannot enter $root"
    set -- . -mindepth 1 -maxdepth "$SH_WHOLE"
    [ "$opt_all" = yes ] || set -- "$@" -name '.*' -prune -o
    [ "$opt_folders" = no ] || set -- "$@" -type d
    find "$@" -printf '%P%y\n' | sed 's/d$/\//; t
s/.$//'
fi | LC_ALL=C sort | LC_ALL=C awk -v root="$root" -v ascii="$opt_ascii" -v most="$SH_WHOLE" -f "#$output/share/treeview/treeview.awk"
