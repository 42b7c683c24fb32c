# SPDX-License-Identifier: Apache-2.0
# jsonq.awk: reads one JSON document into a table of nodes. Wants text.awk, LC_ALL=C and -v raw, compact, keys, flat.
# Node n has type[n], text[n] as it was written, size[n] children child[n, 1..size]; names of members are in member[n, i].

{ document = document $0 "\n" }

END {
    rest = document
    root = value(0)
    blanks()
    if (rest != "") fail("there is something after the end of the document")
    nodes[1] = root
    count = 1
    walk(ENVIRON["JSONQ_PATH"])
    for (i = 1; i <= count; i++) show(nodes[i])
}

function fail(message,    before, line) {
    before = substr(document, 1, length(document) - length(rest))
    line = gsub(/\n/, "\n", before) + 1
    print "jsonq: line " line ": " message | "cat >&2"
    close("cat >&2")
    exit 1
}

function blanks() {
    sub(/^[ \t\r\n]+/, "", rest)
}

function take(length_) {
    taken = substr(rest, 1, length_)
    rest = substr(rest, length_ + 1)
    return taken
}

function string(    size_) {
    if (!match(rest, /^"([^"\\]|\\.)*"/)) fail("a string was expected")
    size_ = RLENGTH
    if (substr(rest, 1, size_) ~ /[\001-\037]/) fail("a string holds a control character")
    return take(size_)
}

function value(depth,    node, c) {
    if (depth > 200) fail("nested too deeply")
    blanks()
    node = ++made
    size[node] = 0
    c = substr(rest, 1, 1)
    if (c == "{") object(node, depth)
    else if (c == "[") array(node, depth)
    else if (c == "\"") {
        type[node] = "string"
        text[node] = string()
    } else if (match(rest, /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/)) {
        type[node] = "number"
        text[node] = take(RLENGTH)
    } else if (match(rest, /^(true|false|null)/)) {
        type[node] = "word"
        text[node] = take(RLENGTH)
    } else fail("a value was expected")
    return node
}

function object(node, depth) {
    type[node] = "object"
    take(1)
    blanks()
    if (rest ~ /^}/) {
        take(1)
        return
    }
    while (1) {
        blanks()
        size[node]++
        member[node, size[node]] = string()
        blanks()
        if (take(1) != ":") fail("a colon was expected")
        child[node, size[node]] = value(depth + 1)
        blanks()
        if (take(1) == "}") return
        if (taken != ",") fail("a comma or } was expected")
    }
}

function array(node, depth) {
    type[node] = "array"
    take(1)
    blanks()
    if (rest ~ /^]/) {
        take(1)
        return
    }
    while (1) {
        size[node]++
        child[node, size[node]] = value(depth + 1)
        blanks()
        if (take(1) == "]") return
        if (taken != ",") fail("a comma or ] was expected")
    }
}

function stop(message) {
    print "jsonq: " message | "cat >&2"
    close("cat >&2")
    exit 1
}

function walk(path,    step) {
    while (path != "" && path != ".") {
        if (match(path, /^\.?\[[0-9]*\]/)) {
            step = substr(path, 1, RLENGTH)
            gsub(/[^0-9]/, "", step)
            path = substr(path, RLENGTH + 1)
            into_array(step)
        } else if (match(path, /^\.[^.[]+/)) {
            step = substr(path, 2, RLENGTH - 1)
            path = substr(path, RLENGTH + 1)
            into_object(step)
        } else stop("cannot read the path from '" path "' on")
    }
}

function into_array(step,    i, k, found, next_nodes) {
    for (i = 1; i <= count; i++) {
        if (type[nodes[i]] != "array") stop("there is no array to take [" step "] of")
        if (step == "") for (k = 1; k <= size[nodes[i]]; k++) next_nodes[++found] = child[nodes[i], k]
        else if (step + 1 <= size[nodes[i]]) next_nodes[++found] = child[nodes[i], step + 1]
        else stop("the array has " size[nodes[i]] " elements, there is no [" step "]")
    }
    replace(next_nodes, found)
}

function into_object(step,    i, k, found, next_nodes, hit) {
    for (i = 1; i <= count; i++) {
        hit = 0
        for (k = 1; k <= size[nodes[i]]; k++) if (member[nodes[i], k] == text_json(step)) hit = child[nodes[i], k]
        if (type[nodes[i]] != "object" || !hit) stop("there is no member '" step "'")
        next_nodes[++found] = hit
    }
    replace(next_nodes, found)
}

function replace(next_nodes, found,    i) {
    count = found + 0
    for (i = 1; i <= count; i++) nodes[i] = next_nodes[i]
}

function show(node,    i) {
    if (keys == "yes") {
        if (size[node] == 0 && type[node] !~ /object|array/) stop("a " type[node] " has no keys")
        for (i = 1; i <= size[node]; i++) print type[node] == "object" ? unquote(member[node, i]) : i - 1
    } else if (flat == "yes") flatten(node, "")
    else if (raw == "yes" && type[node] == "string") print unquote(text[node])
    else {
        print_value(node, "")
        print ""
    }
}

function flatten(node, path,    i) {
    if (size[node] == 0) {
        print (path == "" ? "." : path) "\t" (type[node] == "object" ? "{}" : type[node] == "array" ? "[]" : \
            raw == "yes" && type[node] == "string" ? unquote(text[node]) : text[node])
    }
    for (i = 1; i <= size[node]; i++) {
        flatten(child[node, i], path (type[node] == "object" ? "." unquote(member[node, i]) : "[" (i - 1) "]"))
    }
}

function print_value(node, indent,    i, deeper, newline, open) {
    if (type[node] != "object" && type[node] != "array") {
        printf "%s", text[node]
        return
    }
    open = type[node] == "object"
    if (size[node] == 0) {
        printf "%s", (open ? "{}" : "[]")
        return
    }
    deeper = compact == "yes" ? "" : indent "  "
    newline = compact == "yes" ? "" : "\n"
    printf "%s%s", (open ? "{" : "["), newline
    for (i = 1; i <= size[node]; i++) {
        printf "%s", deeper
        if (open) printf "%s:%s", member[node, i], (compact == "yes" ? "" : " ")
        print_value(child[node, i], deeper)
        printf "%s%s", (i < size[node] ? "," : ""), newline
    }
    printf "%s%s", (compact == "yes" ? "" : indent), (open ? "}" : "]")
}

function unquote(quoted,    result, at, c) {
    quoted = substr(quoted, 2, length(quoted) - 2)
    result = ""
    while ((at = index(quoted, "\\")) > 0) {
        result = result substr(quoted, 1, at - 1)
        c = substr(quoted, at + 1, 1)
        quoted = substr(quoted, at + 2)
        if (c == "n") c = "\n"
        else if (c == "t") c = "\t"
        else if (c == "r") c = "\r"
        else if (c == "b") c = "\b"
        else if (c == "f") c = "\f"
        else if (c == "u") {
            c = character(substr(quoted, 1, 4))
            quoted = substr(quoted, 5)
            if (surrogate && quoted ~ /^\\u[dD][c-fC-F]/) {
                c = utf8(65536 + (surrogate - 55296) * 1024 + hex(substr(quoted, 3, 4)) - 56320)
                quoted = substr(quoted, 7)
            }
        }
        result = result c
    }
    return result quoted
}

function hex(digits,    i, number) {
    for (i = 1; i <= length(digits); i++) number = number * 16 + index("123456789abcdef", tolower(substr(digits, i, 1)))
    return number + 0
}

function character(digits,    code) {
    code = hex(digits)
    surrogate = code >= 55296 && code < 56320 ? code : 0
    return utf8(code)
}

function utf8(code) {
    if (code < 128) return sprintf("%c", code)
    if (code < 2048) return sprintf("%c%c", 192 + int(code / 64), 128 + code % 64)
    if (code < 65536) return sprintf("%c%c%c", 224 + int(code / 4096), 128 + int(code / 64) % 64, 128 + code % 64)
    return sprintf("%c%c%c%c", 240 + int(code / 262144), 128 + int(code / 4096) % 64, 128 + int(code / 64) % 64, 128 + code % 64)
}
