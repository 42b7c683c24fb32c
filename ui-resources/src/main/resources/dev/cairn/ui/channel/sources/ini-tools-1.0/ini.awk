# SPDX-License-Identifier: Apache-2.0
# ini.awk: wants text.awk and -v command; section, key and value are in INI_SECTION, INI_KEY and INI_VALUE.

BEGIN {
    section = ENVIRON["INI_SECTION"]
    key = ENVIRON["INI_KEY"]
    value = ENVIRON["INI_VALUE"]
    changing = command == "set" || command == "unset"
    current = ""
}

function leave_section() {
    if (command == "set" && current == section && !done) {
        print key " = " value
        done = 1
    }
    for (; blanks > 0; blanks--) print ""
}

{
    line = text_trim($0)
    sub(/\r$/, "", line)
}

# Blank lines wait, so that a new setting is put before those that separate sections.
changing && line == "" {
    blanks++
    next
}

line ~ /^\[.*\]$/ {
    if (changing) leave_section()
    current = text_trim(substr(line, 2, length(line) - 2))
    if (command == "sections" && !seen[current]++) print current
    if (changing) print
    next
}

line ~ /^[^;#=]+=/ {
    name = text_trim(substr(line, 1, index(line, "=") - 1))
    text = text_trim(substr(line, index(line, "=") + 1))
    if (text ~ /^".*"$/ && length(text) > 1) text = substr(text, 2, length(text) - 2)
    here = current == section && name == key
    if (command == "get" && here) {
        found = 1
        answer = text
    }
    if (command == "keys" && current == section) print name
    if (command == "lines") print (current == "" ? "" : current ".") name "=" text
    if (changing) {
        for (; blanks > 0; blanks--) print ""
        if (!here) print
        else if (command == "set" && !done) {
            print key " = " value
            done = 1
        }
    }
    next
}

changing {
    for (; blanks > 0; blanks--) print ""
    print
}

END {
    if (command == "get") {
        if (!found) exit 1
        print answer
    }
    if (changing) {
        if (command == "set" && !done && current != section) {
            leave_section()
            if (NR > 0) print ""
            print "[" section "]"
            print key " = " value
            done = 1
        } else leave_section()
    }
}
