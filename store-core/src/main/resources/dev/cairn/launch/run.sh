#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Written by Cairn; changes are overwritten.
#
#   .cairn-run [--profile FILE] PROGRAM [ARGUMENT]...
#
# Runs PROGRAM of a profile, or the file PROGRAM if it has a slash, with the store shown at its logical name. FILE says
# what the launchers know of the profile; without it the user's own is meant. Where the profile has a tree of Debian
# packages, their programs, and files outside the store, see the tree as /usr and /etc, and those of the host at /.host.
# Exit code 127: no such program; 126: it cannot be run here; else the program's own. The variables of this script have
# a prefix because one that the caller exports under the same name would be passed on to the program.
_cairn_root=@ROOT@
_cairn_store=@STORE@
_cairn_step=enter
_cairn_reason=
_cairn_file=$_cairn_root/bin/.cairn-environment

while :; do
    case ${1-} in
    --profile) _cairn_file=$2 && shift 2 ;;
    --inside) _cairn_step=inside && shift ;;
    --bwrap) _cairn_step=bwrap && _cairn_reason=$2 && shift 2 ;;
    *) break ;;
    esac
done
if [ $# -eq 0 ] || [ -z "$1" ]; then
    echo "usage: cairn run PROGRAM [ARGUMENT]..." >&2
    exit 64
fi

# --- What to run -----------------------------------------------------------------------------------------------------

# The file sets these. The last three are names on the host, of the generation that the launchers follow.
_cairn_profile=
_cairn_bin=
_cairn_sbin=
_cairn_tree=
_cairn_search_paths() { :; }
# shellcheck source=/dev/null
[ ! -r "$_cairn_file" ] || . "$_cairn_file"

is_there() { [ -e "$1" ] || [ -L "$1" ]; }

# What the profile has itself is taken before what its tree has.
_cairn_view=host
if [ -n "$_cairn_tree" ]; then
    case $1 in
    "$_cairn_store"/* | "$_cairn_root$_cairn_store"/*) ;;
    */*) _cairn_view=tree ;;
    *)
        if ! is_there "${_cairn_bin:-/dev/null}/$1" && ! is_there "${_cairn_sbin:-/dev/null}/$1"; then
            for _cairn_folder in bin sbin games; do
                ! is_there "$_cairn_tree/usr/$_cairn_folder/$1" || _cairn_view=tree
            done
        fi
        ;;
    esac
fi

# Whether everything is in place: in the namespace made below, or because another launcher runs this one. The shells
# that stand for /bin/sh all know -ef.
_cairn_placed=
# shellcheck disable=SC3013
if [ "$_cairn_store" -ef "$_cairn_root$_cairn_store" ]; then
    if [ "$_cairn_view" = tree ]; then
        [ ! /usr -ef "$_cairn_tree/usr" ] || _cairn_placed=yes
    else
        [ -e /.host/usr ] || _cairn_placed=yes
    fi
fi

# The caller's PATH without the launchers: they stand for programs of the profile, never for the tools used here.
_cairn_path=:${PATH-}:
while :; do
    case $_cairn_path in
    *:"$_cairn_root/bin":*) _cairn_path=${_cairn_path%%:"$_cairn_root/bin":*}:${_cairn_path#*:"$_cairn_root/bin":} ;;
    *) break ;;
    esac
done
_cairn_path=${_cairn_path#:}

# find_tool NAME: sets $_cairn_tool to a program of the host. Finds it without a process more.
find_tool() {
    _cairn_rest=$_cairn_path
    while [ -n "$_cairn_rest" ]; do
        _cairn_tool=${_cairn_rest%%:*}/$1
        _cairn_rest=${_cairn_rest#*:}
        if [ -f "$_cairn_tool" ] && [ -x "$_cairn_tool" ]; then
            return 0
        fi
    done
    return 1
}

# --- In place: run it ------------------------------------------------------------------------------------------------

# The environment of programs of the tree: the tree's folders come first, the launchers last, for the programs that
# have no place in the tree.
set_tree_variables() {
    _cairn_all=/usr/local/bin:/usr/bin:/bin:/usr/games:/usr/local/sbin:/usr/sbin:/sbin
    _cairn_rest=$_cairn_path
    while [ -n "$_cairn_rest" ]; do
        _cairn_folder=${_cairn_rest%%:*}
        _cairn_rest=${_cairn_rest#*:}
        case $_cairn_folder:$_cairn_all: in
        :* | *:"$_cairn_folder":*) ;;
        *) _cairn_all=$_cairn_all:$_cairn_folder ;;
        esac
    done
    _cairn_cursors=${HOME-}/.local/share/icons:${HOME-}/.icons:/usr/share/icons:/usr/share/pixmaps
    export PATH="$_cairn_all:$_cairn_root/bin"
    export XDG_DATA_DIRS=/usr/local/share:/usr/share:/.host/share XDG_CONFIG_DIRS=/etc/xdg
    export XCURSOR_PATH="${XCURSOR_PATH-$_cairn_cursors}:/.host/share/icons"
    [ -z "${JAVA_HOME-}" ] || [ -x "$JAVA_HOME/bin/java" ] || unset JAVA_HOME
}

if [ -n "$_cairn_placed" ]; then
    if [ "$_cairn_view$_cairn_step" = treeinside ]; then
        set_tree_variables
    fi
    case $1 in
    */*) _cairn_program=$1 ;;
    *)
        _cairn_program=
        if [ "$_cairn_view" = tree ]; then
            set -- /usr/bin /usr/sbin /usr/games "$@"
        elif find_tool readlink && _cairn_item=$("$_cairn_tool" -f "$_cairn_profile") && [ -n "$_cairn_item" ]; then
            set -- "$_cairn_item/bin" "$_cairn_item/sbin" /dev/null "$@"
        else
            set -- /dev/null /dev/null /dev/null "$@"
        fi
        for _cairn_folder in "$1" "$2" "$3"; do
            if [ -f "$_cairn_folder/$4" ]; then
                _cairn_program=$_cairn_folder/$4
                break
            fi
        done
        shift 3
        ;;
    esac
    if [ -z "$_cairn_program" ] || [ ! -e "$_cairn_program" ]; then
        echo "cairn: the profile has no program '$1'" >&2
        echo "hint: 'cairn search $1' looks for a package that has it." >&2
        exit 127
    fi
    _cairn_search_paths
    shift
    exec "$_cairn_program" "$@"
fi

if [ "$_cairn_step" = inside ]; then
    echo "cairn: cannot run '$1': the store '$_cairn_root$_cairn_store' is not shown at $_cairn_store" >&2
    exit 126
fi

# --- Enter -----------------------------------------------------------------------------------------------------------

if [ ! -d "$_cairn_root$_cairn_store" ]; then
    echo "cairn: cannot run '$1': there is no store at '$_cairn_root$_cairn_store'" >&2
    exit 126
fi
if [ "$_cairn_view" = host ]; then
    _cairn_tree=
elif [ ! -d "$_cairn_tree/usr" ]; then
    {
        echo "cairn: cannot run '$1': the tree of its profile, '$_cairn_tree', is gone"
        echo "hint: 'cairn run -p $_cairn_profile $1' makes it again."
    } >&2
    exit 126
else
    # What these name is the host's.
    unset LD_LIBRARY_PATH LD_PRELOAD LD_AUDIT GCONV_PATH LOCPATH PYTHONHOME GTK_PATH GTK_EXE_PREFIX GTK_DATA_PREFIX \
        GTK_IM_MODULE_FILE GDK_PIXBUF_MODULE_FILE GDK_PIXBUF_MODULEDIR GIO_MODULE_DIR GIO_EXTRA_MODULES \
        GSETTINGS_SCHEMA_DIR GI_TYPELIB_PATH GST_PLUGIN_PATH GST_PLUGIN_SYSTEM_PATH GST_PLUGIN_SYSTEM_PATH_1_0 \
        QT_PLUGIN_PATH QT_QPA_PLATFORM_PLUGIN_PATH QML2_IMPORT_PATH QML_IMPORT_PATH LIBGL_DRIVERS_PATH \
        LIBVA_DRIVERS_PATH VK_ICD_FILENAMES VK_DRIVER_FILES __EGL_VENDOR_LIBRARY_FILENAMES \
        __EGL_VENDOR_LIBRARY_DIRS FONTCONFIG_FILE FONTCONFIG_PATH
fi

if [ "$_cairn_step" = enter ]; then
    if find_tool perl; then
        set -- "$_cairn_root" "$_cairn_store" "$_cairn_tree" "$_cairn_file" "$@"
        # A locale that is not installed is none of the program's business: silence perl's warning, then forget so.
        if [ -z "${PERL_BADLANG+set}" ]; then
            PERL_BADLANG=0 exec "$_cairn_tool" "$_cairn_root/bin/.cairn-enter" forget "$@"
        fi
        exec "$_cairn_tool" "$_cairn_root/bin/.cairn-enter" keep "$@"
    fi
    _cairn_reason="perl is not installed"
fi

# --- Enter by way of bubblewrap --------------------------------------------------------------------------------------

if ! find_tool bwrap; then
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
_cairn_bwrap=$_cairn_tool

find_tool readlink || _cairn_tool=readlink

# Whether trees have this entry of the root in place of the host's: that of /opt only those that have something there.
is_replaced() {
    case $1 in
    /usr | /etc | /bin | /sbin | /lib | /lib32 | /lib64 | /libx32 | /libo32) ;;
    /opt) [ -e "$2" ] ;;
    *) false ;;
    esac
}

# Options are put in front of others, so that what comes first here is done last.
set -- --ro-bind "$_cairn_root$_cairn_store" "$_cairn_store" --remount-ro / -- \
    env --default-signal=INT,QUIT "$_cairn_root/bin/.cairn-run" --profile "$_cairn_file" --inside "$@"
if [ -n "$_cairn_tree" ]; then
    if [ -d "$_cairn_tree/var/cache/fontconfig" ] && [ -d /var/cache/fontconfig ]; then
        set -- --ro-bind "$_cairn_tree/var/cache/fontconfig" /var/cache/fontconfig "$@"
    fi
    for _cairn_entry in icons themes sounds; do
        set -- --symlink "../usr/share/$_cairn_entry" "/.host/share/$_cairn_entry" "$@"
    done
    for _cairn_entry in run proc var; do
        set -- --symlink "../$_cairn_entry" "/.host/$_cairn_entry" "$@"
    done
    _cairn_host=
    [ ! -e /.host/usr ] || _cairn_host=/.host
    # shellcheck disable=SC2043
    for _cairn_name in @KNOWN@; do
        _cairn_target=$_cairn_host/etc/$_cairn_name
        # Where a link leads is, like all names, meant on the host.
        [ ! -L "$_cairn_target" ] || _cairn_target=$("$_cairn_tool" -f "$_cairn_target")
        _cairn_target=${_cairn_target#/.host}
        _cairn_folder=${_cairn_target#/}
        ! is_replaced "/${_cairn_folder%%/*}" "$_cairn_tree/opt" || _cairn_target=/.host$_cairn_target
        set -- --symlink "$_cairn_target" "/.host/known/$_cairn_name" "$@"
    done
    for _cairn_entry in lib lib32 lib64 libx32 libo32; do
        [ ! -d "$_cairn_tree/usr/$_cairn_entry" ] || set -- --symlink "usr/$_cairn_entry" "/$_cairn_entry" "$@"
    done
    # Certificates that the administrator of the host added are in the host's file of them all.
    _cairn_certificates=/etc/ssl/certs/ca-certificates.crt
    _cairn_folder=$_cairn_host/usr/local/share/ca-certificates
    for _cairn_entry in "$_cairn_folder"/*.crt "$_cairn_folder"/*/*.crt; do
        if [ -f "$_cairn_entry" ] && [ -f "$_cairn_tree$_cairn_certificates" ] \
            && [ -f "$_cairn_host$_cairn_certificates" ]; then
            set -- --ro-bind "$_cairn_host$_cairn_certificates" "$_cairn_certificates" "$@"
            break
        fi
    done
    set -- --ro-bind "$_cairn_tree/usr" /usr --ro-bind "$_cairn_tree/etc" /etc \
        --symlink usr/bin /bin --symlink usr/sbin /sbin "$@"
    [ ! -d "$_cairn_tree/opt" ] || set -- --ro-bind "$_cairn_tree/opt" /opt "$@"
fi
for _cairn_from in /* /.[!.]* /.host/*; do
    _cairn_entry=$_cairn_from
    case $_cairn_from in
    /.host | /.host/run | /.host/proc | /.host/var | /.host/known | /.host/share) continue ;;
    /.host/*) _cairn_entry=${_cairn_from#/.host} ;;
    *) [ ! -e /.host/usr ] || ! is_replaced "$_cairn_from" /.host/opt || continue ;;
    esac
    is_there "$_cairn_from" || continue
    case $_cairn_store/ in
    "$_cairn_entry"/*) continue ;;
    esac
    if [ -n "$_cairn_tree" ] && is_replaced "$_cairn_entry" "$_cairn_tree/opt"; then
        _cairn_entry=/.host$_cairn_entry
    fi
    if [ -L "$_cairn_from" ]; then
        set -- --symlink "$("$_cairn_tool" "$_cairn_from")" "$_cairn_entry" "$@"
    else
        set -- --dev-bind "$_cairn_from" "$_cairn_entry" "$@"
    fi
done

# bwrap stays between this script and the program. Signals sent to this script are handed on; those of the terminal
# (Ctrl-C) reach the program by themselves, so bwrap ignores them, as every background job does, and the program
# gets them back by env.
"$_cairn_bwrap" "$@" <&0 &
_cairn_child=$!
for _cairn_signal in HUP TERM USR1 USR2 ALRM WINCH; do
    # shellcheck disable=SC2064
    trap "kill -s $_cairn_signal \$(cat /proc/$_cairn_child/task/$_cairn_child/children) 2>/dev/null" $_cairn_signal
done
trap : INT QUIT
while :; do
    wait "$_cairn_child"
    _cairn_status=$?
    # wait also returns when a trap ran.
    kill -0 "$_cairn_child" 2>/dev/null || break
done
wait "$_cairn_child" 2>/dev/null
_cairn_again=$?
[ "$_cairn_again" = 127 ] || _cairn_status=$_cairn_again
exit "$_cairn_status"
