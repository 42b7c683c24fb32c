# SPDX-License-Identifier: Apache-2.0
# csv.awk: comma-separated values after RFC 4180, quoted line ends included. Works in every POSIX awk.

# csv_parse(text, fields, separator): splits one record into fields[1..n]; returns n, or -1 when a quote is still open.
function csv_parse(text, fields, separator,    n, rest, cut, value) {
    for (n in fields) delete fields[n]
    n = 0
    rest = text
    while (1) {
        if (substr(rest, 1, 1) == "\"") {
            value = ""
            rest = substr(rest, 2)
            while (1) {
                cut = index(rest, "\"")
                if (cut == 0) return -1
                value = value substr(rest, 1, cut - 1)
                rest = substr(rest, cut + 1)
                if (substr(rest, 1, 1) != "\"") break
                value = value "\""
                rest = substr(rest, 2)
            }
            # Text after the closing quote is not in the standard; it is kept rather than lost.
            cut = index(rest, separator)
            if (cut == 0) {
                fields[++n] = value rest
                return n
            }
            fields[++n] = value substr(rest, 1, cut - 1)
            rest = substr(rest, cut + 1)
        } else {
            cut = index(rest, separator)
            if (cut == 0) {
                fields[++n] = rest
                return n
            }
            fields[++n] = substr(rest, 1, cut - 1)
            rest = substr(rest, cut + 1)
        }
    }
}

# csv_quote(text, separator): text as a field, quoted only where it must be.
function csv_quote(text, separator) {
    if (index(text, separator) == 0 && index(text, "\"") == 0 && index(text, "\n") == 0) return text
    gsub(/"/, "\"\"", text)
    return "\"" text "\""
}

# csv_feed(line, fields, separator): gathers lines until a record is whole; returns its count of fields, or 0 to be continued.
function csv_feed(line, fields, separator,    n) {
    sub(/\r$/, "", line)
    csv_pending = csv_open ? csv_pending "\n" line : line
    n = csv_parse(csv_pending, fields, separator)
    csv_open = n < 0
    return csv_open ? 0 : n
}
