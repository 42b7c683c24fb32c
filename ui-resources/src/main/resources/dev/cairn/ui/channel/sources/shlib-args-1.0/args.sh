# SPDX-License-Identifier: Apache-2.0
# args.sh: declares a program's options once; parses them and writes --help and --version from the same words.
#
#   args_begin greet 1.0 '[OPTION]... NAME' 'Greet somebody.'
#   args_flag  loud l 'Use capitals'
#   args_value times n COUNT 1 'Greet COUNT times'
#   args_parse "$@"; eval "$ARGS_REST"      # opt_loud is yes or no, opt_times a text, "$@" what is left
#   args_count 1 1 $#
. "#$shlib-color/share/shlib/color.sh"

# args_begin PROGRAM VERSION ARGUMENTS DESCRIPTION
args_begin() {
    PROGRAM=$1
    VERSION=$2
    _args_usage=$3
    _args_description=$4
    _args_known=' '
    _args_help=
    _args_more=
}

# args_flag NAME LETTER DESCRIPTION: an option without a value; '-' as LETTER is none. Sets opt_NAME to yes or no.
args_flag() {
    _args_variable "$1"
    eval "$_args_name=no"
    _args_known="$_args_known$1:$2:flag "
    _args_line "$2" "--$1" "$3"
}

# args_value NAME LETTER PLACEHOLDER DEFAULT DESCRIPTION: an option with a value. Sets opt_NAME.
args_value() {
    _args_variable "$1"
    eval "$_args_name=\$4"
    _args_known="$_args_known$1:$2:value "
    _args_line "$2" "--$1=$3" "$5"
}

# args_text TEXT: a paragraph for the end of --help.
args_text() {
    _args_more="$_args_more
$1
"
}

# args_parse "$@": handles --help and --version, sets the options, leaves 'set -- the rest' in ARGS_REST.
args_parse() {
    ARGS_REST='set --'
    while [ $# -gt 0 ]; do
        case $1 in
        --)
            shift
            while [ $# -gt 0 ]; do
                _args_keep "$1"
                shift
            done
            break
            ;;
        --help)
            _args_print_help
            exit 0
            ;;
        --version)
            printf '%s %s\n' "$PROGRAM" "$VERSION"
            exit 0
            ;;
        --*=*)
            _args_option=${1%%=*}
            _args_long "${_args_option#--}"
            [ "$_args_kind" = value ] || sh_misuse "$_args_option takes no value"
            _args_set "${1#*=}"
            ;;
        --*)
            _args_long "${1#--}"
            if [ "$_args_kind" = value ]; then
                [ $# -ge 2 ] || sh_misuse "$1 needs a value"
                _args_set "$2"
                shift
            else
                _args_set yes
            fi
            ;;
        # A lone dash is standard input, and -5 is a number rather than an option.
        - | -[0-9]* | -.[0-9]*) _args_keep "$1" ;;
        -?*)
            _args_letters=${1#-}
            while [ -n "$_args_letters" ]; do
                _args_tail=${_args_letters#?}
                _args_letter=${_args_letters%"$_args_tail"}
                _args_letters=$_args_tail
                if [ "$_args_letter" = h ]; then
                    case $_args_known in
                    *:h:*) ;;
                    *)
                        _args_print_help
                        exit 0
                        ;;
                    esac
                fi
                _args_short "$_args_letter"
                if [ "$_args_kind" = flag ]; then
                    _args_set yes
                elif [ -n "$_args_letters" ]; then
                    _args_set "$_args_letters"
                    _args_letters=
                else
                    [ $# -ge 2 ] || sh_misuse "-$_args_letter needs a value"
                    _args_set "$2"
                    shift
                fi
            done
            ;;
        *) _args_keep "$1" ;;
        esac
        shift
    done
}

# args_count MIN MAX COUNT: refuses a wrong number of arguments; MAX may be 'many'.
args_count() {
    [ "$3" -ge "$1" ] || sh_misuse "too few arguments"
    [ "$2" = many ] || [ "$3" -le "$2" ] || sh_misuse "too many arguments"
}

_args_keep() {
    sh_quote "$1"
    ARGS_REST="$ARGS_REST $SH_QUOTED"
}

# A hyphen cannot be part of a variable's name.
_args_variable() {
    _args_name=opt_
    _args_left=$1
    while :; do
        case $_args_left in
        *-*)
            _args_name=$_args_name${_args_left%%-*}_
            _args_left=${_args_left#*-}
            ;;
        *) break ;;
        esac
    done
    _args_name=$_args_name$_args_left
}

_args_set() {
    eval "$_args_name=\$1"
}

_args_long() {
    case $1 in
    '' | *[!a-z0-9-]*) sh_misuse "unknown option '--$1'" ;;
    esac
    case $_args_known in
    *" $1:"?":value "*) _args_kind=value ;;
    *" $1:"?":flag "*) _args_kind=flag ;;
    *) sh_misuse "unknown option '--$1'" ;;
    esac
    _args_variable "$1"
}

_args_short() {
    case $1 in
    [!A-Za-z0-9]) sh_misuse "unknown option '-$1'" ;;
    esac
    case $_args_known in
    *":$1:value "*) _args_kind=value ;;
    *":$1:flag "*) _args_kind=flag ;;
    *) sh_misuse "unknown option '-$1'" ;;
    esac
    _args_before=${_args_known%%":$1:$_args_kind "*}
    _args_variable "${_args_before##* }"
}

_args_line() {
    if [ "$1" = - ]; then
        _args_shown="    $2"
    else
        _args_shown="-$1, $2"
    fi
    _args_help="$_args_help$_args_shown|$3
"
}

_args_print_help() {
    color_setup auto
    printf '%sUsage:%s %s %s\n%s\n\n' "$COLOR_BOLD" "$COLOR_RESET" "$PROGRAM" "$_args_usage" "$_args_description"
    case $_args_known in
    *:h:*) _args_shown='    --help' ;;
    *) _args_shown='-h, --help' ;;
    esac
    printf '%s%s|print this help\n    --version|print the version\n' "$_args_help" "$_args_shown" |
        while IFS= read -r _args_shown; do
            _args_words=${_args_shown#*|}
            printf '  %-24s %s\n' "${_args_shown%%|*}" "$_args_words"
        done
    printf '%s' "$_args_more"
}
