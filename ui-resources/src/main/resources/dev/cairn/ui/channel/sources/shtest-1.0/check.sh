# SPDX-License-Identifier: Apache-2.0
# check.sh: what shtest gives to tests.

check_equal() {
    [ "$1" = "$2" ] && return 0
    printf 'expected:\n%s\nbut was:\n%s\n' "$1" "$2"
    exit 1
}

check_contains() {
    case $2 in
    *"$1"*) return 0 ;;
    esac
    printf 'expected something with:\n%s\nbut was:\n%s\n' "$1" "$2"
    exit 1
}

check_ok() {
    check_fails 0 "$@"
}

check_fails() {
    check_code=$1
    shift
    check_actual=0
    output=$("$@" 2>&1 </dev/null) || check_actual=$?
    [ "$check_actual" -eq "$check_code" ] && return 0
    printf 'expected exit code %s, but was %s from: %s\n%s\n' "$check_code" "$check_actual" "$*" "$output"
    exit 1
}
