# SPDX-License-Identifier: Apache-2.0
# text.awk: text as people see it. Run awk with LC_ALL=C: characters are counted here, from the bytes of UTF-8.

# text_width(text): characters of UTF-8 text, each taken as one column.
function text_width(text) {
    gsub(/[\200-\277]/, "", text)
    return length(text)
}

# text_repeat(text, count)
function text_repeat(text, count,    result) {
    result = ""
    while (count-- > 0) result = result text
    return result
}

# text_pad(text, width, align): align is left, right or center.
function text_pad(text, width, align,    gap, before) {
    gap = width - text_width(text)
    if (gap <= 0) return text
    if (align == "right") return text_repeat(" ", gap) text
    if (align == "center") {
        before = int(gap / 2)
        return text_repeat(" ", before) text text_repeat(" ", gap - before)
    }
    return text text_repeat(" ", gap)
}

function text_trim(text) {
    sub(/^[ \t]+/, "", text)
    sub(/[ \t]+$/, "", text)
    return text
}

# text_wrap(text, width, lines): fills lines[1..n] with the words of text; returns n. A longer word keeps a line for itself.
function text_wrap(text, width, lines,    words, count, i, n, used, size) {
    count = split(text, words, /[ \t\n]+/)
    n = 0
    used = 0
    for (i = 1; i <= count; i++) {
        if (words[i] == "") continue
        size = text_width(words[i])
        if (n == 0 || used + 1 + size > width) {
            lines[++n] = words[i]
            used = size
        } else {
            lines[n] = lines[n] " " words[i]
            used += 1 + size
        }
    }
    return n
}

# text_html(text): safe between tags and inside quoted attributes.
function text_html(text) {
    gsub(/&/, "\\&amp;", text)
    gsub(/</, "\\&lt;", text)
    gsub(/>/, "\\&gt;", text)
    gsub(/"/, "\\&quot;", text)
    return text
}

# text_json(text): as a JSON string with its quotes.
function text_json(text,    i, c, result) {
    gsub(/\\/, "&&", text)
    gsub(/"/, "\\\"", text)
    gsub(/\n/, "\\n", text)
    gsub(/\r/, "\\r", text)
    gsub(/\t/, "\\t", text)
    if (text ~ /[\001-\037]/) {
        result = ""
        for (i = 1; i <= length(text); i++) {
            c = substr(text, i, 1)
            result = result (c ~ /[\001-\037]/ ? sprintf("\\u%04x", index(text_controls(), c)) : c)
        }
        text = result
    }
    return "\"" text "\""
}

function text_controls(    i) {
    if (text_control_codes == "") for (i = 1; i < 32; i++) text_control_codes = text_control_codes sprintf("%c", i)
    return text_control_codes
}
