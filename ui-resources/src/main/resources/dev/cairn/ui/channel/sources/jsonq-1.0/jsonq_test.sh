# SPDX-License-Identifier: Apache-2.0

document='{"people": [{"name": "Ana", "age": 31}, {"name": "B\u00f6rje \ud83d\ude00", "age": null}], "empty": {}}'

query() {
    printf '%s' "$document" | jsonq "$@"
}

test_prints_neatly() {
    check_equal '{
  "a": [
    1,
    {}
  ]
}' "$(echo '{"a":[1,{}]}' | jsonq)"
}

test_prints_compactly() {
    check_equal '{"a":[1,{}]}' "$(echo '{ "a": [1, { }]}' | jsonq -c)"
}

test_follows_paths() {
    check_equal '"Ana"' "$(query .people[0].name)"
    check_equal '31 null' "$(query '.people[].age' | tr '\n' ' ' | sed 's/ $//')"
}

test_decodes_escapes() {
    check_equal 'Börje 😀' "$(query -r .people[1].name)"
}

test_lists_keys_and_lines() {
    check_equal 'people empty' "$(query -k | tr '\n' ' ' | sed 's/ $//')"
    check_contains '.people[0].age	31' "$(query -l)"
}

test_reports_line_of_error() {
    printf '{\n"a": 1,\n}\n' >broken.json
    check_fails 1 jsonq . broken.json
    check_contains 'line 3' "$output"
    printf '[1 2]' >broken.json
    check_fails 1 jsonq . broken.json
}

test_missing_member_fails() {
    echo '{"a": 1}' >a.json
    check_fails 1 jsonq .b a.json
}
