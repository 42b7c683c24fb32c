#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "@shlib-args@/share/shlib/args.sh"
args_begin fill 1.0 '[OPTION]... TEMPLATE [NAME=VALUE]...' 'Fill in a template with values and files.'
args_flag html H 'Values go into HTML: escape what is special there'
args_flag lenient l 'Leave out what has no value, instead of failing'
args_text 'In a template:
  {{name}}                    the value
  {{name|text}}               the value, or text where there is none
  {{{name}}}                  the value as it is, even with --html
  {{#name}} ... {{/name}}     kept only when the value is there and not empty; on lines of their own
NAME=@FILE takes the value from a file. TEMPLATE may be - for standard input.'
args_parse "$@"
eval "$ARGS_REST"
args_count 1 many $#
template=$1
shift
sh_readable "$template"
sh_temp
number=0
: >"$SH_TEMP/names"
for setting in "$@"; do
    case $setting in
    [A-Za-z_]*=*) ;;
    *) sh_misuse "'$setting' is not NAME=VALUE" ;;
    esac
    name=${setting%%=*}
    value=${setting#*=}
    case $name in
    *[!A-Za-z0-9_.-]*) sh_misuse "'$name' is not a name" ;;
    esac
    number=$((number + 1))
    case $value in
    @?*)
        sh_readable "${value#@}"
        cat -- "${value#@}" >"$SH_TEMP/$number"
        ;;
    *) printf '%s' "$value" >"$SH_TEMP/$number" ;;
    esac
    printf '%s\n' "$name" >>"$SH_TEMP/names"
done
cat -- "$template" | FILL_FOLDER=$SH_TEMP LC_ALL=C awk -v html="$opt_html" -v lenient="$opt_lenient" \
    -f "@awklib@/share/awk/text.awk" -f "@out@/share/fill/fill.awk"
