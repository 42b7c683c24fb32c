# SPDX-License-Identifier: Apache-2.0
(n = csv_feed($0, field, separator)) > 0 {
    line = ""
    for (i = 1; i <= n; i++) {
        gsub(/[\t\n]/, " ", field[i])
        line = line (i > 1 ? "\t" : "") field[i]
    }
    print line
}
END { csv_finish() }
