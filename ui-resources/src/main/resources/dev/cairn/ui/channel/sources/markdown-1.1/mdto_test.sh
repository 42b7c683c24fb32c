# SPDX-License-Identifier: Apache-2.0

html() {
    printf '%s\n' "$@" | mdto html
}

test_escapes_html() {
    check_equal '<p>a &lt;b&gt; &amp; c</p>' "$(html 'a <b> & c')"
}

test_inline_styles() {
    check_equal '<p><strong>a</strong> <em>b</em> <code>*c*</code> 2 * 3</p>' "$(html '**a** *b* `*c*` 2 * 3')"
}

test_refuses_dangerous_links() {
    check_equal '<p>x</p>' "$(html '[x](javascript:alert)')"
    check_equal '<p><a href="https://example.org/?a=1&amp;b">x</a></p>' "$(html '[x](https://example.org/?a=1&b)')"
}

test_lists_nest() {
    check_equal '<ul> <li>a <ul> <li>b</li> </ul> </li> </ul>' "$(html '- a' '  - b' | tr '\n' ' ' | sed 's/ $//')"
}

test_code_is_verbatim() {
    check_equal '<pre><code>a  *b*
</code></pre>' "$(html '```' 'a  *b*' '```')"
}

test_text_wraps() {
    check_equal 'one two three four
five' "$(echo 'one two three four five' | mdto text -w 20)"
}

test_manual_page_protects_requests() {
    check_contains '\&.so' "$(printf 'x\n\n.so y\n' | mdto man)"
    check_contains '\-\-all' "$(echo 'use --all' | mdto man)"
}

test_missing_file_is_an_error() {
    check_fails 1 mdto html nowhere.md
    check_contains 'no such file' "$output"
}

test_tables_align() {
    check_equal 'Name  Price
----  -----
tea       3' "$(printf '| Name | Price |\n|---|--:|\n| tea | 3 |\n' | mdto text)"
}

test_headings_have_anchors() {
    check_equal '<h2 id="a-b">A b</h2><h2 id="a-b-2">A b</h2>' "$(html '## A b' '## A b' | tr -d '\n')"
}

test_tables_in_html() {
    check_equal '<table><tr><th>a</th><th style="text-align: right">b</th></tr><tr><td>1</td><td style="text-align: right">2</td></tr></table>' \
        "$(printf 'a|b\n---|--:\n1|2\n' | mdto html | tr -d '\n')"
}
