# SPDX-License-Identifier: Apache-2.0
# nav.awk: order, page and title, divided by tabs, to links. Wants text.awk and -v root.
{
    sub(/\.md$/, ".html", $2)
    print "<a href=\"" text_html(root $2) "\">" text_html($3) "</a>"
}
