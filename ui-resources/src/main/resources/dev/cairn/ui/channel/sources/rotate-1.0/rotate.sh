#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$shlib-args/share/shlib/args.sh"
args_begin rotate 1.0 '[OPTION]... FOLDER BACKUPS' 'Back up FOLDER as a compressed archive in BACKUPS; keep the newest few.'
args_value keep k COUNT 7 'Keep COUNT archives'
args_value exclude x PATTERN '' 'Leave out files that match PATTERN'
args_flag dry-run n 'Only say what would be done'
args_text 'An archive is written beside its final name first, read back, and only then counted; old archives are
removed last. Nothing is removed when something went wrong.'
args_parse "$@"
eval "$ARGS_REST"
args_count 2 2 $#
sh_whole --keep "$opt_keep" 1 10000
keep=$SH_WHOLE
[ -d "$1" ] || sh_die "$1: no such folder"
folder=$(cd -- "$1" && pwd -P)
name=${folder##*/}
[ -n "$name" ] || sh_die "the root folder cannot be backed up"
[ "$opt_dry_run" = yes ] || mkdir -p -- "$2" || sh_die "cannot make $2"
backups=$(cd -- "$2" 2>/dev/null && pwd -P) || backups=$2
case $backups/ in
"$folder"/*) sh_die "the backups cannot be inside of what is backed up" ;;
esac
archive=$backups/$name-$(date -u +%Y%m%dT%H%M%SZ).tar.gz
if [ "$opt_dry_run" = yes ]; then
    echo "would write $archive"
else
    [ ! -e "$archive" ] || sh_die "$archive is there already; wait a second"
    trap 'rm -f -- "$archive.part"' EXIT
    set -- -C "${folder%/*}/" -czf "$archive.part"
    [ -z "$opt_exclude" ] || set -- "$@" "--exclude=$opt_exclude"
    tar "$@" -- "$name" || sh_die "the archive could not be written"
    tar -tzf "$archive.part" >/dev/null || sh_die "the archive cannot be read back"
    mv -- "$archive.part" "$archive"
    echo "wrote $archive"
fi
# Names sort by time.
count=0
for old in "$backups/$name"-????????T??????Z.tar.gz; do
    [ ! -f "$old" ] || count=$((count + 1))
done
[ "$opt_dry_run" = no ] || count=$((count + 1))
for old in "$backups/$name"-????????T??????Z.tar.gz; do
    [ "$count" -gt "$keep" ] || break
    if [ "$opt_dry_run" = yes ]; then
        echo "would remove $old"
    else
        rm -- "$old"
        echo "removed $old"
    fi
    count=$((count - 1))
done
