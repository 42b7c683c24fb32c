# SPDX-License-Identifier: Apache-2.0

test_builds_a_site() {
    pages new site
    mkdir site/deep
    printf '# Deep & down\n\nSee <https://example.org/>.\n' >site/deep/page.md
    echo data >site/data.txt
    check_ok pages build site target
    check_equal '2 pages' "$output"
    check_contains '<title>A new site</title>' "$(cat target/index.html)"
    check_contains '<title>Deep &amp; down</title>' "$(cat target/deep/page.html)"
    check_contains 'href="../style.css"' "$(cat target/deep/page.html)"
    check_equal data "$(cat target/data.txt)"
}

test_refuses_a_target_inside() {
    pages new site
    check_fails 1 pages build site site/target
}

test_navigation_begins_with_the_index() {
    pages new site
    echo '# About' >site/about.md
    pages build site target
    check_contains '<a href="index.html">A new site</a>
<a href="about.html">About</a>' "$(cat target/about.html)"
}
