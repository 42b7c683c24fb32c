# SPDX-License-Identifier: Apache-2.0
# common.sh: how the programs of csv-tools read.

csv_check() {
    case $opt_separator in
    '"') sh_misuse "a quote cannot be the separator" ;;
    ?) ;;
    *) sh_misuse "the separator must be one character" ;;
    esac
    for csv_file in "$@"; do
        sh_readable "$csv_file"
    done
}

csv_awk() {
    CSV_SEPARATOR=$opt_separator CSV_PROGRAM=$PROGRAM LC_ALL=C awk -f "@awklib@/share/awk/csv.awk" \
        -f "@awklib@/share/awk/text.awk" -f "@out@/share/csv-tools/common.awk" -f "@out@/share/csv-tools/$1"
}
