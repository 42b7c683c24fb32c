# SPDX-License-Identifier: Apache-2.0
(n = csv_feed($0, field, separator)) > 0 {
    if (!wanted) wanted = csv_columns(ENVIRON["CSV_COLUMNS"], n, pick)
    key = field[pick[1]]
    gsub(/[\t\n]/, " ", key)
    line = ""
    for (i = 1; i <= n; i++) line = line (i > 1 ? separator : "") csv_quote(field[i], separator)
    gsub(/\\/, "&&", line)
    gsub(/\n/, "\\n", line)
    print key "\t" line
}
END { csv_finish() }
