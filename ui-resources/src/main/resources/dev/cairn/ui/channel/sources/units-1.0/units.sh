#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$shlib-args/share/shlib/args.sh"
args_begin units 1.0 '[OPTION]... NUMBER FROM [to] TO' 'Convert between units: units 5 mi km'
args_value digits d COUNT 6 'Print COUNT significant digits'
args_flag list l 'Print the names of all units'
args_text 'Further tables NAME.units are found in the folders of UNITS_PATH: lines with a name, a kind, a factor and
optionally an offset.'
args_parse "$@"
eval "$ARGS_REST"
sh_whole --digits "$opt_digits" 1 15
sh_temp
folders="${UNITS_PATH:+$UNITS_PATH:}#$units-data:data/share/units"
for name in $(sh_list .units "$folders"); do
    cat -- "$(sh_find "$name.units" "$folders")"
done >"$SH_TEMP/units"
if [ "$opt_list" = yes ]; then
    awk '{ names[$2] = names[$2] " " $1 } END { for (kind in names) print kind ":" names[kind] }' "$SH_TEMP/units" | sort
    exit 0
fi
if [ $# -eq 4 ] && [ "$3" = to ]; then
    set -- "$1" "$2" "$4"
fi
args_count 3 3 $#
printf '%s\n' "$1" | grep -Eqx -e '[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?' || sh_misuse "'$1' is not a number"
UNITS_FROM=$2 UNITS_TO=$3 LC_ALL=C awk -v number="$1" -v digits="$opt_digits" '
    function fail(message) {
        print "units: " message | "cat >&2"
        close("cat >&2")
        exit 1
    }
    !($1 in kind) { kind[$1] = $2; factor[$1] = $3; offset[$1] = $4 }
    END {
        from = tolower(ENVIRON["UNITS_FROM"])
        to = tolower(ENVIRON["UNITS_TO"])
        if (!(from in kind)) fail("unknown unit \"" from "\"; --list names them all")
        if (!(to in kind)) fail("unknown unit \"" to "\"; --list names them all")
        if (kind[from] != kind[to]) fail(from " is a " kind[from] ", " to " is a " kind[to])
        printf "%." digits "g %s\n", (number * factor[from] + offset[from] - offset[to]) / factor[to], to
    }' "$SH_TEMP/units"
