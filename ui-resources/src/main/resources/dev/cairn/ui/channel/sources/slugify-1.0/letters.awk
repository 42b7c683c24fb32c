# SPDX-License-Identifier: Apache-2.0
# letters.awk: names from titles. Wants LC_ALL=C and -v separator, most.

BEGIN {
    plain["a"] = "À Á Â Ã Ä Å à á â ã ä å Ā ā Ă ă Ą ą"
    plain["ae"] = "æ Æ"
    plain["c"] = "Ç ç Ć ć Ĉ ĉ Ċ ċ Č č"
    plain["d"] = "Ď ď ð Ð đ Đ"
    plain["e"] = "È É Ê Ë è é ê ë Ē ē Ĕ ĕ Ė ė Ę ę Ě ě"
    plain["g"] = "Ĝ ĝ Ğ ğ Ġ ġ Ģ ģ"
    plain["h"] = "Ĥ ĥ ħ Ħ"
    plain["i"] = "Ì Í Î Ï ì í î ï Ĩ ĩ Ī ī Ĭ ĭ Į į İ ı"
    plain["j"] = "Ĵ ĵ"
    plain["k"] = "Ķ ķ"
    plain["l"] = "Ĺ ĺ Ļ ļ Ľ ľ ł Ł"
    plain["n"] = "Ñ ñ Ń ń Ņ ņ Ň ň"
    plain["o"] = "Ò Ó Ô Õ Ö ò ó ô õ ö Ō ō Ŏ ŏ Ő ő ø Ø"
    plain["oe"] = "œ Œ"
    plain["r"] = "Ŕ ŕ Ŗ ŗ Ř ř"
    plain["s"] = "Ś ś Ŝ ŝ Ş ş Š š"
    plain["ss"] = "ß"
    plain["t"] = "Ţ ţ Ť ť"
    plain["th"] = "þ Þ"
    plain["u"] = "Ù Ú Û Ü ù ú û ü Ũ ũ Ū ū Ŭ ŭ Ů ů Ű ű Ų ų"
    plain["w"] = "Ŵ ŵ"
    plain["y"] = "Ý ý ÿ Ŷ ŷ Ÿ"
    plain["z"] = "Ź ź Ż ż Ž ž"
    for (letter in plain) {
        n = split(plain[letter], marked, " ")
        for (i = 1; i <= n; i++) simple[marked[i]] = letter
    }
}

{
    result = ""
    rest = $0
    # Letters with marks are two bytes long in UTF-8 and begin with one of these three.
    while (match(rest, /[\303-\305][\200-\277]/)) {
        pair = substr(rest, RSTART, 2)
        result = result substr(rest, 1, RSTART - 1) (pair in simple ? simple[pair] : pair)
        rest = substr(rest, RSTART + 2)
    }
    result = tolower(result rest)
    gsub(/['`]/, "", result)
    gsub(/[^a-z0-9]+/, " ", result)
    n = split(result, words, " ")
    result = ""
    for (i = 1; i <= n; i++) {
        if (result == "") result = substr(words[i], 1, most)
        else if (length(result) + 1 + length(words[i]) <= most) result = result separator words[i]
        else break
    }
    print result == "" ? "untitled" : result
}
