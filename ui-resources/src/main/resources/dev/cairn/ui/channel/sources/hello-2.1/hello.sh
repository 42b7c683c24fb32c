#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$shlib-args/share/shlib/args.sh"
args_begin hello 2.1 '[OPTION]... [NAME]...' 'Greet the world, or whoever is named.'
args_value language l CODE en 'Greet in language CODE: cs de en eo es fr nl pl'
args_flag loud L 'Greet in a bright colour'
args_parse "$@"
eval "$ARGS_REST"
case $opt_language in
cs) greeting='Ahoj' world='světe' ;;
de) greeting='Hallo' world='Welt' ;;
en) greeting='Hello' world='world' ;;
eo) greeting='Saluton' world='mondo' ;;
es) greeting='Hola' world='mundo' ;;
fr) greeting='Bonjour' world='le monde' ;;
nl) greeting='Hallo' world='wereld' ;;
pl) greeting='Witaj' world='świecie' ;;
*) sh_misuse "no greeting in language '$opt_language'" ;;
esac
color_setup "$([ "$opt_loud" = no ] && echo never || echo always)"
[ $# -gt 0 ] || set -- "$world"
for name in "$@"; do
    printf '%s%s, %s!%s\n' "$COLOR_BOLD$COLOR_GREEN" "$greeting" "$name" "$COLOR_RESET"
done
