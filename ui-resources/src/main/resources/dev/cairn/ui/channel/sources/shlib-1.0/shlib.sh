# SPDX-License-Identifier: Apache-2.0
# shlib.sh: common ground for small command-line programs. Source it from POSIX sh; it starts nothing by itself.
# Set PROGRAM first: it begins every message. Names that start with _sh_ are private.

# sh_warn TEXT...: a message on standard error.
sh_warn() {
    printf '%s: %s\n' "${PROGRAM:-sh}" "$*" >&2
}

# sh_die TEXT...: a message, then exit code 1: the work could not be done.
sh_die() {
    sh_warn "$@"
    exit 1
}

# sh_misuse TEXT...: a message, then exit code 2: the command line was wrong.
sh_misuse() {
    sh_warn "$@"
    printf "Try '%s --help'.\n" "${PROGRAM:-sh}" >&2
    exit 2
}

# sh_is_whole TEXT: true for a whole number without sign that fits the shell's arithmetic.
sh_is_whole() {
    case $1 in
    '' | *[!0-9]*) return 1 ;;
    ??????????????????*) return 1 ;;
    esac
}

# sh_whole NAME TEXT MIN MAX: refuses TEXT unless it is a whole number from MIN to MAX; sets SH_WHOLE to it.
sh_whole() {
    sh_is_whole "$2" || sh_misuse "$1 must be a whole number, not '$2'"
    # A leading zero would make arithmetic read the number as octal.
    SH_WHOLE=$2
    while :; do
        case $SH_WHOLE in
        0?*) SH_WHOLE=${SH_WHOLE#0} ;;
        *) break ;;
        esac
    done
    [ "$SH_WHOLE" -ge "$3" ] && [ "$SH_WHOLE" -le "$4" ] || sh_misuse "$1 must be from $3 to $4, not $2"
}

# sh_has COMMAND: true when COMMAND can be run.
sh_has() {
    command -v "$1" >/dev/null 2>&1
}

# sh_need COMMAND REASON: ends the program when COMMAND is missing.
sh_need() {
    sh_has "$1" || sh_die "'$1' was not found on the PATH; it is needed to $2"
}

# sh_readable FILE: ends the program unless FILE can be read; '-' is standard input.
sh_readable() {
    [ "$1" = - ] && return 0
    [ -e "$1" ] || sh_die "$1: no such file"
    [ -d "$1" ] && sh_die "$1: is a directory"
    [ -r "$1" ] || sh_die "$1: no permission to read"
    return 0
}

# sh_quote TEXT: sets SH_QUOTED to TEXT quoted for the shell.
sh_quote() {
    SH_QUOTED=
    _sh_rest=$1
    while :; do
        case $_sh_rest in
        *\'*)
            SH_QUOTED="$SH_QUOTED${_sh_rest%%\'*}'\\''"
            _sh_rest=${_sh_rest#*\'}
            ;;
        *) break ;;
        esac
    done
    SH_QUOTED="'$SH_QUOTED$_sh_rest'"
}

# sh_temp: makes a private folder, names it in SH_TEMP and removes it when the program ends.
sh_temp() {
    SH_TEMP=$(mktemp -d "${TMPDIR:-/tmp}/${PROGRAM:-sh}.XXXXXX") || sh_die "cannot make a temporary folder"
    trap 'rm -rf "$SH_TEMP"' EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

# sh_data_home NAME: prints the folder that keeps the user's data of NAME.
sh_data_home() {
    if [ -n "${XDG_DATA_HOME:-}" ]; then
        printf '%s/%s\n' "$XDG_DATA_HOME" "$1"
    elif [ -n "${HOME:-}" ]; then
        printf '%s/.local/share/%s\n' "$HOME" "$1"
    else
        sh_warn "neither HOME nor XDG_DATA_HOME is set"
        return 1
    fi
}

# sh_find FILE FOLDER:FOLDER...: prints the first FOLDER/FILE that exists; false when there is none.
sh_find() {
    _sh_folders=$2:
    while [ -n "$_sh_folders" ]; do
        _sh_folder=${_sh_folders%%:*}
        _sh_folders=${_sh_folders#*:}
        if [ -n "$_sh_folder" ] && [ -f "$_sh_folder/$1" ]; then
            printf '%s\n' "$_sh_folder/$1"
            return 0
        fi
    done
    return 1
}

# sh_list SUFFIX FOLDER:FOLDER...: prints the names (without SUFFIX) of all files that end in SUFFIX, each once, sorted.
sh_list() {
    _sh_suffix=$1
    _sh_folders=$2:
    while [ -n "$_sh_folders" ]; do
        _sh_folder=${_sh_folders%%:*}
        _sh_folders=${_sh_folders#*:}
        [ -n "$_sh_folder" ] || continue
        for _sh_file in "$_sh_folder"/*"$_sh_suffix"; do
            [ -f "$_sh_file" ] || continue
            _sh_file=${_sh_file##*/}
            printf '%s\n' "${_sh_file%"$_sh_suffix"}"
        done
    done | LC_ALL=C sort -u
}

# sh_random LIMIT: prints a uniformly chosen number from 0 to LIMIT - 1 (LIMIT at most 2^31).
sh_random() {
    _sh_bound=$((4294967296 / $1 * $1))
    while :; do
        # shellcheck disable=SC2046
        set -- "$1" $(od -An -N4 -tu4 /dev/urandom)
        [ "$2" -lt "$_sh_bound" ] && break
    done
    echo $(($2 % $1))
}

# sh_width: prints the terminal's width in columns; 80 when it cannot be found out.
sh_width() {
    _sh_columns=${COLUMNS:-}
    if ! sh_is_whole "$_sh_columns" || [ "$_sh_columns" -lt 1 ]; then
        # shellcheck disable=SC2046
        set -- $( (stty size </dev/tty) 2>/dev/null)
        _sh_columns=${2:-80}
    fi
    [ "$_sh_columns" -gt 0 ] || _sh_columns=80
    echo "$_sh_columns"
}
