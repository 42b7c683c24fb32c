# SPDX-License-Identifier: Apache-2.0
# mdto.awk: Markdown to HTML, a manual page or plain text. Wants text.awk, LC_ALL=C and -v mode, width, section; the title is in MDTO_TITLE.

{
    sub(/\r$/, "")
    lines[++count] = $0
}

END {
    if (mode == "man") man_header()
    for (at = 1; at <= count; at++) block(lines[at])
    flush()
    close_lists(0)
}

function block(line,    level, marker) {
    if (line ~ /^[ \t]*$/) {
        flush()
        blank = 1
        return
    }
    if (line ~ /^```/) {
        flush()
        close_lists(0)
        code_block()
    } else if (line ~ /^##?#?#?#?#? /) {
        flush()
        close_lists(0)
        level = index(line, " ") - 1
        line = substr(line, level + 2)
        sub(/[ \t]+#+[ \t]*$/, "", line)
        heading(level, text_trim(line))
    } else if (line ~ /^(---+|\*\*\*+)[ \t]*$/) {
        flush()
        close_lists(0)
        rule()
    } else if (line ~ /^ *([-*+]|[0-9]+\.) /) {
        flush()
        match(line, /^ */)
        level = int(RLENGTH / 2) + 1
        line = substr(line, RLENGTH + 1)
        marker = substr(line, 1, index(line, " ") - 1)
        open_item(level, marker)
        begin("item", substr(line, index(line, " ") + 1))
    } else if (line ~ /^>/) {
        sub(/^> ?/, "", line)
        if (kind != "quote") {
            flush()
            close_lists(0)
            begin("quote", line)
        } else paragraph = paragraph " " line
    } else if (line ~ /\|/ && at < count && lines[at + 1] ~ /^[ |:-]*-[ |:-]*$/ && lines[at + 1] ~ /\|/) {
        flush()
        close_lists(0)
        table()
    } else if (kind != "") {
        paragraph = paragraph " " text_trim(line)
    } else {
        # An indented paragraph after an item still belongs to it.
        if (depth > 0 && line ~ /^  /) begin("more", text_trim(line))
        else {
            close_lists(0)
            begin("paragraph", text_trim(line))
        }
    }
    blank = 0
}

function begin(what, text) {
    kind = what
    paragraph = text
}

function flush(    what) {
    if (kind == "") return
    what = kind
    kind = ""
    if (mode == "html") {
        if (what == "paragraph") print "<p>" inline(paragraph) "</p>"
        else if (what == "quote") print "<blockquote><p>" inline(paragraph) "</p></blockquote>"
        else if (what == "more") print "<p>" inline(paragraph) "</p>"
        else printf "%s", inline(paragraph)
    } else if (mode == "man") {
        if (what == "paragraph") print ".PP\n" protect(inline(paragraph))
        else if (what == "quote") print ".RS 4\n" protect(inline(paragraph)) "\n.RE"
        else if (what == "more") print ".IP\n" protect(inline(paragraph))
        else print protect(inline(paragraph))
    } else if (what == "item") {
        print_wrapped(text_repeat("  ", depth - 1) item_marker, inline(paragraph))
    } else {
        space()
        print_wrapped(what == "quote" ? "    " : text_repeat("  ", depth), inline(paragraph))
    }
}

function space() {
    if (mode == "text" && started) print ""
    started = 1
}

# The first line begins with lead, the others with as many blanks.
function print_wrapped(lead, text,    parts, n, i) {
    started = 1
    n = text_wrap(text, width - length(lead), parts)
    for (i = 1; i <= n; i++) print (i == 1 ? lead : text_repeat(" ", length(lead))) parts[i]
}

function heading(level, text) {
    if (mode == "html") {
        print "<h" level " id=\"" anchor(text) "\">" inline(text) "</h" level ">"
    } else if (mode == "man") {
        # The page's own title is in its header already.
        if (level == 1 && !titled) titled = 1
        else print (level <= 2 ? ".SH " : ".SS ") "\"" inline(text) "\""
    } else {
        space()
        text = inline(text)
        print text
        if (level <= 2) print text_repeat(level == 1 ? "=" : "-", text_width(text))
    }
}

function anchor(text,    id) {
    id = tolower(text)
    gsub(/[^a-z0-9\200-\377]+/, "-", id)
    gsub(/^-|-$/, "", id)
    if (id == "") id = "section"
    return anchors[id]++ ? id "-" anchors[id] : id
}

function rule() {
    if (mode == "html") print "<hr>"
    else if (mode == "man") print ".PP\n* * *"
    else {
        space()
        print text_repeat("-", width)
    }
}

function code_block(    line) {
    space()
    if (mode == "html") printf "<pre><code>"
    if (mode == "man") print ".PP\n.RS 4\n.nf"
    for (at++; at <= count && lines[at] !~ /^```/; at++) {
        line = lines[at]
        if (mode == "html") print text_html(line)
        else if (mode == "man") print protect(plain(line))
        else print "    " line
    }
    if (mode == "html") print "</code></pre>"
    if (mode == "man") print ".fi\n.RE"
}

function open_item(level, marker) {
    if (level > depth + 1) level = depth + 1
    close_lists(level)
    if (depth == level) {
        if (mode == "html") print "</li>"
    } else {
        if (depth == 0 && mode == "text") space()
        depth++
        tag[depth] = marker ~ /[0-9]/ ? "ol" : "ul"
        if (mode == "html") printf "%s<%s>\n", (depth > 1 ? "\n" : ""), tag[depth]
        if (mode == "man" && depth > 1) print ".RS 4"
    }
    item_marker = tag[depth] == "ol" ? marker " " : "- "
    if (mode == "html") printf "<li>"
    if (mode == "man") print ".IP " (tag[depth] == "ol" ? "\"" marker "\" 4" : "\\(bu 2")
}

function close_lists(level) {
    while (depth > level) {
        if (mode == "html") printf "</li>\n</%s>\n", tag[depth]
        if (mode == "man" && depth > 1) print ".RE"
        depth--
    }
}

function table(    row, n, cells, i, columns, last, align, widths, content, cell, style) {
    n = table_cells(lines[at + 1], cells)
    for (i = 1; i <= n; i++) {
        align[i] = cells[i] ~ /^:.*:$/ ? "center" : cells[i] ~ /:$/ ? "right" : "left"
    }
    columns = table_cells(lines[at], cells)
    for (i = 1; i <= columns; i++) content[0, i] = inline(cells[i])
    for (at += 2; at <= count && lines[at] ~ /\|/; at++) {
        last++
        n = table_cells(lines[at], cells)
        for (i = 1; i <= columns; i++) content[last, i] = i <= n ? inline(cells[i]) : ""
    }
    at--
    space()
    if (mode == "html") {
        print "<table>"
        for (row = 0; row <= last; row++) {
            print "<tr>"
            for (i = 1; i <= columns; i++) {
                cell = row ? "td" : "th"
                style = align[i] ~ /^(right|center)$/ ? " style=\"text-align: " align[i] "\"" : ""
                print "<" cell style ">" content[row, i] "</" cell ">"
            }
            print "</tr>"
        }
        print "</table>"
        return
    }
    if (mode == "man") {
        print ".PP\n.RS 4\n.nf"
        # Fonts take no room in a manual page, so the cells go in without them.
        for (row = 0; row <= last; row++) for (i = 1; i <= columns; i++) gsub(/\\f[BIR]/, "", content[row, i])
    }
    for (row = 0; row <= last; row++) {
        for (i = 1; i <= columns; i++) {
            if (text_width(content[row, i]) > widths[i]) widths[i] = text_width(content[row, i])
        }
    }
    for (row = 0; row <= last; row++) {
        print table_line(content, row, columns, widths, align)
        if (row == 0) {
            for (i = 1; i <= columns; i++) printf "%s%s", (i > 1 ? "  " : ""), text_repeat("-", widths[i])
            print ""
        }
    }
    if (mode == "man") print ".fi\n.RE"
}

function table_line(content, row, columns, widths, align,    i, line) {
    for (i = 1; i <= columns; i++) line = line (i > 1 ? "  " : "") text_pad(content[row, i], widths[i], align[i])
    sub(/ +$/, "", line)
    return line
}

function table_cells(line, cells,    n, i) {
    line = text_trim(line)
    sub(/^\|/, "", line)
    sub(/\|$/, "", line)
    n = split(line, cells, "|")
    for (i = 1; i <= n; i++) cells[i] = text_trim(cells[i])
    return n
}

function man_header(    name) {
    name = ENVIRON["MDTO_TITLE"]
    if (name == "") name = "untitled"
    print ".TH \"" toupper(plain(name)) "\" \"" section "\""
}

# A line that begins with a full stop or an apostrophe would be a request.
function protect(text) {
    return text ~ /^[.']/ ? "\\&" text : text
}

function plain(text) {
    if (mode == "html") return text_html(text)
    if (mode == "man") {
        gsub(/\\/, "\\e", text)
        gsub(/-/, "\\-", text)
        gsub(/"/, "\\(dq", text)
    }
    return text
}

function styled(style, text) {
    if (mode == "html") return "<" style ">" text "</" style ">"
    if (mode == "man") return (style == "em" ? "\\fI" : "\\fB") text "\\fR"
    return text
}

function link(text, target) {
    # Only addresses that start nothing by being followed.
    if (target ~ /^[A-Za-z][A-Za-z0-9+.-]*:/ && target !~ /^(https?|mailto):/) return inline(text)
    if (mode == "html") return "<a href=\"" text_html(target) "\">" inline(text) "</a>"
    if (text == target) return plain(target)
    return inline(text) " <" plain(target) ">"
}

function inline(text,    result, c, end, part) {
    result = ""
    while (match(text, /[\\`*[<]/)) {
        result = result plain(substr(text, 1, RSTART - 1))
        text = substr(text, RSTART)
        c = substr(text, 1, 1)
        if (c == "\\" && substr(text, 2, 1) ~ /[^A-Za-z0-9 ]/) {
            result = result plain(substr(text, 2, 1))
            text = substr(text, 3)
        } else if (c == "`" && (end = index(substr(text, 2), "`")) > 1) {
            result = result styled("code", plain(substr(text, 2, end - 1)))
            text = substr(text, end + 2)
        } else if (text ~ /^\*\*[^ ]/ && (end = index(substr(text, 4), "**")) > 0) {
            result = result styled("strong", inline(substr(text, 3, end)))
            text = substr(text, end + 5)
        } else if (text ~ /^\*[^ *]/ && (end = index(substr(text, 3), "*")) > 0) {
            result = result styled("em", inline(substr(text, 2, end)))
            text = substr(text, end + 3)
        } else if (match(text, /^\[[^]]*\]\([^) ]*\)/)) {
            part = substr(text, 1, RLENGTH)
            text = substr(text, RLENGTH + 1)
            end = index(part, "](")
            result = result link(substr(part, 2, end - 2), substr(part, end + 2, length(part) - end - 2))
        } else if (match(text, /^<(https?|mailto):[^ >]*>/)) {
            part = substr(text, 2, RLENGTH - 2)
            text = substr(text, RLENGTH + 1)
            result = result link(part, part)
        } else {
            result = result plain(c)
            text = substr(text, 2)
        }
    }
    return result plain(text)
}
