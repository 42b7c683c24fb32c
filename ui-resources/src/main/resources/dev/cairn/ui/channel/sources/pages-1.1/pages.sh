#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "@shlib-args@/share/shlib/args.sh"
args_begin pages 1.1 '[OPTION]... new FOLDER | build FOLDER TARGET' 'Make a web site of Markdown files.'
args_value theme t NAME default 'Look of the site'
args_value footer f TEXT '' 'Text below every page'
args_flag no-nav n 'No navigation between the pages'
args_text 'new makes a folder with a first page. build turns every NAME.md of FOLDER into NAME.html in TARGET and copies all
other files. Themes are folders with a page.html and a style.css in the folders of PAGE_THEME_PATH.'
args_parse "$@"
eval "$ARGS_REST"
args_count 2 3 $#
command=$1
shift
case $opt_theme in
'' | */* | .*) sh_misuse "'$opt_theme' is not the name of a theme" ;;
esac

title_of() {
    pages_title=$(sed -n 's/^# *//p' "$1" | head -n 1)
    printf '%s\n' "${pages_title:-$2}"
}

new() {
    args_count 1 1 $#
    [ ! -e "$1" ] || sh_die "$1 is there already"
    mkdir -p -- "$1" || sh_die "cannot make $1"
    cat >"$1/index.md" <<'PAGE'
# A new site

This page is **index.md**. Change it, add others beside it, and build the site again.
PAGE
    echo "made $1/index.md"
}

build() {
    args_count 2 2 $#
    [ -d "$1" ] || sh_die "$1: no such folder"
    source=$(cd -- "$1" && pwd -P)
    mkdir -p -- "$2" || sh_die "cannot make $2"
    target=$(cd -- "$2" && pwd -P)
    case $target/ in
    "$source"/*) sh_die "the target cannot be inside of the source" ;;
    esac
    page=$(sh_find "$opt_theme/page.html" "${PAGE_THEME_PATH:+$PAGE_THEME_PATH:}@page-theme@/share/page-theme") ||
        sh_die "there is no theme '$opt_theme'"
    sh_temp
    cd -- "$source"
    find . -name '.?*' -prune -o -type f -print | LC_ALL=C sort >"$SH_TEMP/files"
    grep '\.md$' "$SH_TEMP/files" >"$SH_TEMP/pages" || sh_die "there is no .md file in $1"
    cp -- "${page%/*}/style.css" "$target/style.css"
    while IFS= read -r file; do
        file=${file#./}
        mkdir -p -- "$target/$(dirname -- "$file")"
        case $file in
        *.md) write_page "$file" ;;
        *) cp -- "$file" "$target/$file" ;;
        esac
    done <"$SH_TEMP/files"
    echo "$(awk 'END { print NR }' "$SH_TEMP/pages") pages"
}

write_page() {
    # The way from this page to the root of the site.
    root=
    rest=$1
    while :; do
        case $rest in
        */*)
            root=../$root
            rest=${rest#*/}
            ;;
        *) break ;;
        esac
    done
    "@markdown@/bin/mdto" html "$1" >"$SH_TEMP/body"
    title_of "$1" "$rest" >"$SH_TEMP/title"
    printf '%s' "$opt_footer" >"$SH_TEMP/footer"
    : >"$SH_TEMP/nav"
    [ "$opt_no_nav" = yes ] || write_nav
    "@fill@/bin/fill" --html "$page" "title=@$SH_TEMP/title" "root=$root" "body=@$SH_TEMP/body" \
        "nav=@$SH_TEMP/nav" "footer=@$SH_TEMP/footer" >"$target/${1%.md}.html"
}

# Links to all pages of the top folder, the first page first.
write_nav() {
    while IFS= read -r other; do
        other=${other#./}
        case $other in
        */*) ;;
        index.md) printf '0\t%s\t%s\n' "$other" "$(title_of "$other" index)" ;;
        *) printf '1\t%s\t%s\n' "$other" "$(title_of "$other" "${other%.md}")" ;;
        esac
    done <"$SH_TEMP/pages" | LC_ALL=C sort | LC_ALL=C awk -F '\t' -v root="$root" -f "@awklib@/share/awk/text.awk" \
        -f "@out@/share/pages/nav.awk" >"$SH_TEMP/nav"
}

case $command in
new) new "$@" ;;
build) build "$@" ;;
*) sh_misuse "unknown command '$command'" ;;
esac
