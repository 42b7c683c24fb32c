#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$shlib-args/share/shlib/args.sh"
args_begin shtest 1.0 '[OPTION]... FILE...' 'Run every function named test_... of the given shell files.'
args_flag quiet q 'Print failures and the sum only'
args_value color c WHEN auto 'Colour: auto, always or never'
args_text 'Each test runs in a shell of its own, in an empty folder, with these functions:
  check_equal EXPECTED ACTUAL      both texts are the same
  check_contains PART TEXT         TEXT holds PART
  check_ok COMMAND...              COMMAND ends with 0; its output is in $output
  check_fails CODE COMMAND...      COMMAND ends with CODE; its output is in $output
$TEST_HOME is the folder of the test file.'
args_parse "$@"
eval "$ARGS_REST"
args_count 1 many $#
color_setup "$opt_color"
sh_temp
passed=0
failed=0
for file in "$@"; do
    sh_readable "$file"
    sh -n "$file" || sh_die "$file is not correct shell"
    TEST_HOME=$(cd "$(dirname "$file")" && pwd)
    export TEST_HOME
    path=$TEST_HOME/${file##*/}
    for name in $(sed -n 's/^\(test_[A-Za-z0-9_]*\)[ ]*().*/\1/p' "$file"); do
        rm -rf "$SH_TEMP/work"
        mkdir "$SH_TEMP/work"
        if (cd "$SH_TEMP/work" && sh -eu -c '. "$1"; . "$2"; "$3"' shtest \
            "#$output/share/shlib/check.sh" "$path" "$name") >"$SH_TEMP/log" 2>&1; then
            passed=$((passed + 1))
            [ "$opt_quiet" = yes ] || printf '%sok%s    %s\n' "$COLOR_GREEN" "$COLOR_RESET" "$name"
        else
            failed=$((failed + 1))
            printf '%sFAIL%s  %s\n' "$COLOR_RED$COLOR_BOLD" "$COLOR_RESET" "$name"
            sed 's/^/      /' "$SH_TEMP/log"
        fi
    done
done
[ $((passed + failed)) -gt 0 ] || sh_die "no test was found"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
