# SPDX-License-Identifier: Apache-2.0

test_fills_values() {
    echo 'Dear {{name}}, {{when|soon}}.' >letter
    check_equal 'Dear R&D \1, soon.' "$(fill letter 'name=R&D \1')"
}

test_escapes_html_unless_told() {
    echo '<p>{{a}}{{{a}}}</p>' >page
    check_equal '<p>&lt;b&gt;<b></p>' "$(fill --html page 'a=<b>')"
}

test_takes_files() {
    printf 'one\ntwo\n' >body
    echo '[{{body}}]' >page
    check_equal '[one
two]' "$(fill page body=@body)"
}

test_sections_depend_on_values() {
    printf '{{#a}}\nyes {{a}}\n{{/a}}\n{{#b}}\nno\n{{/b}}\nend\n' >page
    check_equal 'yes 1
end' "$(fill page a=1)"
}

test_missing_value_is_an_error() {
    echo '{{a}}' >page
    check_fails 1 fill page
    check_equal '' "$(fill --lenient page)"
}

test_open_section_is_an_error() {
    echo '{{#a}}' >page
    check_fails 1 fill page
}
