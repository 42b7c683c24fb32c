# SPDX-License-Identifier: Apache-2.0

test_precedence() {
    check_equal 7 "$(calc '1 + 2 * 3')"
    check_equal 9 "$(calc '(1 + 2) * 3')"
    check_equal -4 "$(calc '0 - 2 ^ 2')"
    check_equal 512 "$(calc '2 ^ 3 ^ 2')"
    check_equal 1 "$(calc '10 - 6 - 3')"
}

test_functions_and_constants() {
    check_equal 5 "$(calc 'sqrt(3^2 + 4^2)')"
    check_equal 3.1416 "$(calc -d 5 pi)"
}

test_errors_end_with_1() {
    for expression in '1/0' '(1' '2 +' '1 2' 'nothing' 'sqrt(0-1)'; do
        check_fails 1 calc "$expression"
    done
}

test_variables() {
    check_equal '3 12 15 ' "$(printf 'a = 3\n4 * a # times\nans + a\n' | calc | tr '\n' ' ')"
}
