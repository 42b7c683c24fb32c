# SPDX-License-Identifier: Apache-2.0
# calc.awk: one expression a line, read by recursive descent. Wants LC_ALL=C and -v digits.

BEGIN {
    constant["pi"] = atan2(0, -1)
    constant["e"] = exp(1)
    format = "%." digits "g\n"
}

{
    sub(/\r$/, "")
    rest = $0
    problem = ""
    blanks()
    if (rest == "") next
    result = sum()
    blanks()
    if (problem == "" && rest != "") fail("cannot read '" rest "'")
    if (problem != "") {
        print "calc: " problem | "cat >&2"
        close("cat >&2")
        failed = 1
        next
    }
    printf format, result
}

END { exit failed }

function fail(message) {
    if (problem == "") problem = message
    rest = ""
    return 0
}

function blanks() {
    sub(/^[ \t]+/, "", rest)
}

function accept(sign) {
    blanks()
    if (substr(rest, 1, length(sign)) != sign) return 0
    last_sign = sign
    rest = substr(rest, length(sign) + 1)
    return 1
}

function sum(    value) {
    value = product()
    while (1) {
        if (accept("+")) value += product()
        else if (accept("-")) value -= product()
        else return value
    }
}

function product(    value, other, sign) {
    value = factor()
    while (1) {
        if (accept("*")) value *= factor()
        else if (accept("/") || accept("%")) {
            sign = last_sign
            other = factor()
            if (problem == "" && other == 0) return fail("division by zero")
            if (problem != "") return 0
            value = sign == "/" ? value / other : value % other
        } else return value
    }
}

# Minus binds less than a power: -2^2 is -4.
function factor() {
    if (accept("-")) return -factor()
    if (accept("+")) return factor()
    return power()
}

function power(    base, exponent) {
    base = primary()
    if (!accept("^")) return base
    exponent = factor()
    if (base == 0 && exponent < 0) return fail("division by zero")
    if (base < 0 && exponent != int(exponent)) return fail("a negative number has no such power")
    return base ^ exponent
}

function primary(    value, name) {
    blanks()
    if (accept("(")) {
        value = sum()
        if (!accept(")")) return fail("a ) is missing")
        return value
    }
    if (match(rest, /^([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?/)) {
        value = substr(rest, 1, RLENGTH) + 0
        rest = substr(rest, RLENGTH + 1)
        return value
    }
    if (match(rest, /^[a-z][a-z0-9_]*/)) {
        name = substr(rest, 1, RLENGTH)
        rest = substr(rest, RLENGTH + 1)
        if (accept("(")) {
            value = sum()
            if (!accept(")")) return fail("a ) is missing")
            return call(name, value)
        }
        if (name in constant) return constant[name]
        return fail("unknown name '" name "'")
    }
    return fail(rest == "" ? "the expression is not complete" : "cannot read '" rest "'")
}

function call(name, x) {
    if (name == "sqrt") return x < 0 ? fail("square root of a negative number") : sqrt(x)
    if (name == "abs") return x < 0 ? -x : x
    if (name == "int") return int(x)
    if (name == "round") return x < 0 ? -int(0.5 - x) : int(x + 0.5)
    if (name == "sin") return sin(x)
    if (name == "cos") return cos(x)
    if (name == "tan") return sin(x) / cos(x)
    if (name == "atan") return atan2(x, 1)
    if (name == "exp") return exp(x)
    if (name == "ln") return x > 0 ? log(x) : fail("logarithm of a number that is not positive")
    if (name == "log") return x > 0 ? log(x) / log(10) : fail("logarithm of a number that is not positive")
    return fail("unknown function '" name "'")
}
