# SPDX-License-Identifier: Apache-2.0

setup() {
    printf 'name,price,note\ntea,3,"green, loose"\ncoffee,12,"say ""more"""\nmilk,2,"two\nlines"\n' >shop.csv
}

test_cut_takes_names_and_numbers() {
    setup
    check_equal 'price,name
3,tea' "$(csv-cut price,1 shop.csv | head -n 2)"
}

test_cut_keeps_quotes() {
    setup
    check_equal '"say ""more"""' "$(csv-cut note shop.csv | sed -n 3p)"
}

test_cut_refuses_unknown_column() {
    setup
    check_fails 1 csv-cut colour shop.csv
    check_contains "no column 'colour'" "$output"
}

test_sort_by_number_keeps_line_ends() {
    setup
    check_equal 'name,price,note|milk,2,"two|lines"|tea,3,"green, loose"|coffee,12,"say ""more"""|' \
        "$(csv-sort -n price shop.csv | tr '\n' '|')"
}

test_json_types() {
    setup
    check_contains '{"name": "milk", "price": 2, "note": "two\nlines"}' "$(csv-json shop.csv)"
}

test_table_is_aligned() {
    setup
    check_contains 'coffee     12  say "more"' "$(csv-table shop.csv)"
}

test_open_quote_is_an_error() {
    printf 'a\n"b\n' >broken.csv
    check_fails 1 csv-json broken.csv
}

test_sum_adds_up() {
    setup
    check_contains 'sum      17' "$(csv-sum price shop.csv)"
}
