# SPDX-License-Identifier: Apache-2.0
(n = csv_feed($0, field, separator)) > 0 {
    if (!wanted) {
        wanted = csv_columns(ENVIRON["CSV_COLUMNS"], n, pick)
        next
    }
    value = field[pick[1]]
    if (value !~ /^[-+]?[0-9]*\.?[0-9]+$/) {
        skipped++
        next
    }
    value += 0
    if (!count++ || value < least) least = value
    if (count == 1 || value > greatest) greatest = value
    sum += value
}
END {
    csv_finish()
    printf "count    %d\nskipped  %d\n", count, skipped
    if (count) printf "sum      %.10g\nmean     %.10g\nleast    %.10g\ngreatest %.10g\n", sum, sum / count, least, greatest
}
