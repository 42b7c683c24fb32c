# SPDX-License-Identifier: Apache-2.0
# treeview.awk: paths, folders with a slash at their end, to a tree. Wants -v root, ascii, most.

function add(path, folder,    cut, parent, name) {
    if (path in known) {
        if (folder) known[path] = 1
        return
    }
    known[path] = folder
    parent = ""
    name = path
    if (match(path, /.*\//)) {
        parent = substr(path, 1, RLENGTH - 1)
        name = substr(path, RLENGTH + 1)
        add(parent, 1)
    }
    children[parent]++
    child[parent, children[parent]] = name
}

{
    sub(/^\.?\//, "")
    folder = sub(/\/+$/, "")
    if ($0 != "" && $0 != ".") add($0, folder)
}

END {
    print root
    show("", "", 1)
    print "\n" folders + 0 " folders, " files + 0 " files"
}

function show(parent, lead, depth,    i, name, path, last) {
    if (depth > most) return
    for (i = 1; i <= children[parent]; i++) {
        name = child[parent, i]
        path = parent == "" ? name : parent "/" name
        last = i == children[parent]
        if (known[path]) folders++
        else files++
        print lead (ascii == "yes" ? (last ? "`-- " : "|-- ") : last ? "└── " : "├── ") name (known[path] ? "/" : "")
        show(path, lead (last ? "    " : ascii == "yes" ? "|   " : "│   "), depth + 1)
    }
}
