#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Written by Cairn; changes are overwritten.
#
#   .cairn-run PROGRAM [ARGUMENT]...
#
# Runs PROGRAM of the current profile, or the file PROGRAM if it has a slash, with the store shown at its logical
# name. Exit code 127: no such program; 126: it cannot be run here; else the program's own. The variables of this
# script have a prefix because one that the caller exports under the same name would be passed on to the program.
_cairn_root=@ROOT@
_cairn_store=@STORE@
_cairn_step=enter
_cairn_reason=

case ${1-} in
--inside) _cairn_step=inside; shift ;;
--bwrap) _cairn_step=bwrap _cairn_reason=$2; shift 2 ;;
esac
if [ $# -eq 0 ] || [ -z "$1" ]; then
    echo "usage: cairn run PROGRAM [ARGUMENT]..." >&2
    exit 64
fi

if [ "$_cairn_store" -ef "$_cairn_root$_cairn_store" ]; then
    # The store is in place: in the namespace made below, or because another launcher runs this one.
    _cairn_profile=
    [ ! -r "$_cairn_root/bin/.cairn-environment" ] || . "$_cairn_root/bin/.cairn-environment"
    case $1 in
    */*) _cairn_program=$1 ;;
    *)
        _cairn_program=
        _cairn_item=$(readlink -f "$_cairn_profile")
        for _cairn_folder in bin sbin; do
            if [ -n "$_cairn_item" ] && [ -f "$_cairn_item/$_cairn_folder/$1" ]; then
                _cairn_program=$_cairn_item/$_cairn_folder/$1
                break
            fi
        done
        ;;
    esac
    if [ -z "$_cairn_program" ] || [ ! -e "$_cairn_program" ]; then
        echo "cairn: the profile has no program '$1'" >&2
        echo "hint: 'cairn search $1' looks for a package that has it." >&2
        exit 127
    fi
    shift
    exec "$_cairn_program" "$@"
fi

if [ "$_cairn_step" = inside ]; then
    echo "cairn: cannot run '$1': the store '$_cairn_root$_cairn_store' is not shown at $_cairn_store" >&2
    exit 126
fi

if [ "$_cairn_step" = enter ]; then
    if [ ! -d "$_cairn_root$_cairn_store" ]; then
        echo "cairn: cannot run '$1': there is no store at '$_cairn_root$_cairn_store'" >&2
        exit 126
    fi
    if command -v perl >/dev/null; then
        # A locale that is not installed is none of the program's business: silence perl's warning, then forget so.
        if [ -z "${PERL_BADLANG+set}" ]; then
            PERL_BADLANG=0 exec perl "$_cairn_root/bin/.cairn-enter" forget "$_cairn_root" "$_cairn_store" "$@"
        fi
        exec perl "$_cairn_root/bin/.cairn-enter" keep "$_cairn_root" "$_cairn_store" "$@"
    fi
    _cairn_reason="perl is not installed"
fi

if ! command -v bwrap >/dev/null; then
    {
        echo "cairn: cannot run '$1': the store cannot be shown at $_cairn_store"
        echo "  $_cairn_reason, and bubblewrap (bwrap), the other way to do it, is not installed."
        echo "hint: As root: apt install bubblewrap"
        if [ "$(cat /proc/sys/kernel/unprivileged_userns_clone 2>/dev/null)" = 0 ]; then
            echo "hint: User namespaces are switched off. As root: sysctl -w kernel.unprivileged_userns_clone=1"
        fi
        if [ "$(cat /proc/sys/kernel/apparmor_restrict_unprivileged_userns 2>/dev/null)" = 1 ]; then
            echo "hint: AppArmor restricts them. As root: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
        fi
    } >&2
    exit 126
fi

# bwrap stays between this script and the program. Signals sent to this script are handed on; those of the terminal
# (Ctrl-C) reach the program by themselves, so bwrap ignores them, as every background job does, and the program
# gets them back by env.
set -- --ro-bind "$_cairn_root$_cairn_store" "$_cairn_store" --remount-ro / -- \
    env --default-signal=INT,QUIT "$_cairn_root/bin/.cairn-run" --inside "$@"
for _cairn_entry in /* /.[!.]*; do
    if [ -L "$_cairn_entry" ]; then
        set -- --symlink "$(readlink "$_cairn_entry")" "$_cairn_entry" "$@"
    elif [ -e "$_cairn_entry" ] && [ "$_cairn_entry" != "/${_cairn_store#/}" ]; then
        case $_cairn_store in
        "$_cairn_entry"/*) ;;
        *) set -- --dev-bind "$_cairn_entry" "$_cairn_entry" "$@" ;;
        esac
    fi
done
bwrap "$@" <&0 &
_cairn_bwrap=$!
for _cairn_signal in HUP TERM USR1 USR2 ALRM WINCH; do
    # shellcheck disable=SC2064
    trap "kill -s $_cairn_signal \$(cat /proc/$_cairn_bwrap/task/$_cairn_bwrap/children) 2>/dev/null" $_cairn_signal
done
trap : INT QUIT
while :; do
    wait "$_cairn_bwrap"
    _cairn_status=$?
    # wait also returns when a trap ran.
    kill -0 "$_cairn_bwrap" 2>/dev/null || break
done
wait "$_cairn_bwrap" 2>/dev/null
_cairn_again=$?
[ "$_cairn_again" = 127 ] || _cairn_status=$_cairn_again
exit "$_cairn_status"
