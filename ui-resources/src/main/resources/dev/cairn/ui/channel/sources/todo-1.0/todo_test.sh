# SPDX-License-Identifier: Apache-2.0

test_entries_live_through_their_states() {
    export TODO_FILE=$PWD/list/todo.txt
    todo add 'buy  *tea*'
    todo add write tests
    check_equal '  1   buy  *tea*
  2   write tests' "$(todo)"
    todo done 1
    check_equal '  2   write tests' "$(todo)"
    check_contains '1 x buy' "$(todo -a)"
    todo undo 1
    todo remove 2
    check_equal '- buy  *tea*' "$(cat "$TODO_FILE")"
}

test_numbers_are_checked() {
    export TODO_FILE=$PWD/todo.txt
    todo add one
    check_fails 2 todo done 2
    check_fails 2 todo done one
    check_equal '- one' "$(cat todo.txt)"
}
