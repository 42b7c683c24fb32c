# SPDX-License-Identifier: Apache-2.0
(n = csv_feed($0, field, separator)) > 0 {
    if (!wanted) wanted = csv_columns(ENVIRON["CSV_COLUMNS"], n, pick)
    line = ""
    for (i = 1; i <= wanted; i++) line = line (i > 1 ? separator : "") csv_quote(field[pick[i]], separator)
    print line
}
END { csv_finish() }
