# SPDX-License-Identifier: Apache-2.0
(n = csv_feed($0, field, separator)) > 0 {
    if (!names) {
        names = n
        for (i = 1; i <= n; i++) name[i] = text_json(field[i])
        next
    }
    line = ""
    for (i = 1; i <= names; i++) {
        value = i <= n ? field[i] : ""
        if (value !~ /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/) value = text_json(value)
        line = line (i > 1 ? ", " : "") name[i] ": " value
    }
    printf "%s  {%s}", (records++ ? ",\n" : "[\n"), line
}
END {
    csv_finish()
    print records ? "\n]" : "[]"
}
