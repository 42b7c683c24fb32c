# SPDX-License-Identifier: Apache-2.0
# fill.awk: wants text.awk and -v html, lenient. FILL_FOLDER holds the names, and each value in a file of its number.

BEGIN {
    folder = ENVIRON["FILL_FOLDER"]
    while ((getline name <(folder "/names")) > 0) {
        number++
        content = ""
        joined = ""
        while ((getline content <(folder "/" number)) > 0) {
            value[name] = value[name] joined content
            joined = "\n"
        }
        close(folder "/" number)
        given[name] = 1
    }
}

/^[ \t]*[{][{]#[A-Za-z0-9_.-]+[}][}][ \t]*$/ {
    name = text_trim($0)
    name = substr(name, 4, length(name) - 5)
    opened[++depth] = name
    if (hidden || value[name] == "") hidden++
    next
}

/^[ \t]*[{][{]\/[A-Za-z0-9_.-]+[}][}][ \t]*$/ {
    name = text_trim($0)
    name = substr(name, 4, length(name) - 5)
    if (depth == 0 || opened[depth] != name) fail("{{/" name "}} closes nothing")
    depth--
    if (hidden) hidden--
    next
}

hidden { next }

{
    rest = $0
    line = ""
    while (match(rest, /[{][{][{]?[A-Za-z0-9_.-]+(\|[^{}]*)?[}][}][}]?/)) {
        line = line substr(rest, 1, RSTART - 1) filled(substr(rest, RSTART, RLENGTH))
        rest = substr(rest, RSTART + RLENGTH)
    }
    print line rest
}

END {
    if (!failed && depth > 0) fail("{{#" opened[depth] "}} is not closed")
    exit failed
}

function filled(place,    verbatim, bar, other, text) {
    verbatim = place ~ /^[{][{][{].*[}][}][}]$/
    gsub(/^[{]+|[}]+$/, "", place)
    bar = index(place, "|")
    if (bar) {
        other = substr(place, bar + 1)
        place = substr(place, 1, bar - 1)
    }
    if (place in given) text = value[place]
    else if (bar) text = other
    else if (lenient == "yes") text = ""
    else fail("nothing was given for {{" place "}}")
    return html == "yes" && !verbatim ? text_html(text) : text
}

function fail(message) {
    print "fill: line " NR ": " message | "cat >&2"
    close("cat >&2")
    failed = 1
    exit 1
}
