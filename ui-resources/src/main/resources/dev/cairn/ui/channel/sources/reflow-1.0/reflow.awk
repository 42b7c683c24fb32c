# SPDX-License-Identifier: Apache-2.0
# reflow.awk: wants text.awk, LC_ALL=C and -v width. Lines with the same lead (blanks, quote or comment signs) belong together.

function flush(    n, i, parts) {
    if (words == "") return
    n = text_wrap(words, width - text_width(rest_lead), parts)
    for (i = 1; i <= n; i++) print (i == 1 ? lead : rest_lead) parts[i]
    words = ""
}

{
    sub(/\r$/, "")
    match($0, /^[ \t]*((>|\/\/|#+|\*)[ \t]+)*/)
    mark = substr($0, 1, RLENGTH)
    text = substr($0, RLENGTH + 1)
}

text ~ /^[ \t]*$/ {
    flush()
    print
    next
}

# A list item begins a paragraph whose other lines are indented below its text.
match(text, /^([-+]|[0-9]+[.)])[ \t]+/) {
    flush()
    lead = mark substr(text, 1, RLENGTH)
    rest_lead = mark text_repeat(" ", RLENGTH)
    words = substr(text, RLENGTH + 1)
    next
}

words != "" && mark == rest_lead {
    words = words " " text
    next
}

{
    flush()
    lead = rest_lead = mark
    words = text
}

END { flush() }
