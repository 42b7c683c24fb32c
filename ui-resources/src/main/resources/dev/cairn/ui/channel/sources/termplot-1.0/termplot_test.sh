# SPDX-License-Identifier: Apache-2.0

test_spark_scales() {
    check_equal '▁▄█' "$(spark 0 5 10.5 | sed 's/▅/▄/')"
    check_equal '▄▄' "$(echo 7,7 | spark)"
}

test_spark_refuses_words() {
    check_fails 1 spark 1 two
}

test_bars_fill_the_width() {
    check_equal 'a  1 ########
bb 2 ###############' "$(printf '1 a\n2 bb\n' | bars --ascii --width 20)"
}

test_histogram_counts_all() {
    check_equal 10 "$(seq 10 | histogram -b 2 -a -w 40 | sed 's/.*\.\. [0-9.]* *\([0-9]*\) .*/\1/' | awk '{ s += $1 } END { print s }')"
}
