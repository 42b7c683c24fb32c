# SPDX-License-Identifier: Apache-2.0
# timers.sh: durations for the programs of timers.
. "#$shlib-args/share/shlib/args.sh"

# timers_seconds TEXT: sets SECONDS_WANTED from 90, 90s, 5m, 1h or 1h30m.
timers_seconds() {
    timers_rest=$1
    SECONDS_WANTED=0
    while [ -n "$timers_rest" ]; do
        timers_number=${timers_rest%%[!0-9]*}
        sh_is_whole "$timers_number" && [ ${#timers_number} -le 6 ] || sh_misuse "'$1' is not a duration such as 90s, 5m or 1h30m"
        timers_rest=${timers_rest#"$timers_number"}
        while :; do
            case $timers_number in
            0?*) timers_number=${timers_number#0} ;;
            *) break ;;
            esac
        done
        case $timers_rest in
        '' | s*) timers_unit=1 ;;
        m*) timers_unit=60 ;;
        h*) timers_unit=3600 ;;
        *) sh_misuse "'$1' is not a duration such as 90s, 5m or 1h30m" ;;
        esac
        timers_rest=${timers_rest#?}
        SECONDS_WANTED=$((SECONDS_WANTED + timers_number * timers_unit))
    done
    [ "$SECONDS_WANTED" -gt 0 ] || sh_misuse "a duration must be longer than nothing"
}

timers_show() {
    printf '%02d:%02d:%02d' $(($1 / 3600)) $(($1 / 60 % 60)) $(($1 % 60))
}

# timers_wait SECONDS LABEL: waits, and shows the rest on a terminal.
timers_wait() {
    timers_end=$(($(date +%s) + $1))
    while :; do
        timers_left=$((timers_end - $(date +%s)))
        [ "$timers_left" -gt 0 ] || break
        if [ -t 1 ]; then
            printf '\r%s %s ' "$2" "$(timers_show "$timers_left")"
            sleep 1
        else
            sleep "$timers_left"
        fi
    done
    [ ! -t 1 ] || printf '\r%s %s\a\n' "$2" "$(timers_show 0)"
}
