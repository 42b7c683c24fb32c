# SPDX-License-Identifier: Apache-2.0
# life.awk: wants -v generations, columns, rows, last, terminal, pause, seed (0: the input is the first generation).

{ for (x = 1; x <= length($0) && x <= columns; x++) if (substr($0, x, 1) ~ /[O#]/) alive[x - 1, NR - 1] = 1 }

END {
    if (seed) {
        state = seed
        for (y = 0; y < rows; y++) {
            for (x = 0; x < columns; x++) {
                state = (state * 16807) % 2147483647
                if (state % 10 < 3) alive[x, y] = 1
            }
        }
    }
    if (terminal == "yes") printf "\033[2J"
    for (generation = 0; generation <= generations; generation++) {
        if (last != "yes" || generation == generations) show()
        if (generation < generations) step()
    }
}

function show(    x, y, line) {
    if (terminal == "yes") printf "\033[H"
    for (y = 0; y < rows; y++) {
        line = ""
        for (x = 0; x < columns; x++) line = line ((x, y) in alive ? "O" : terminal == "yes" ? " " : ".")
        print line
    }
    print "generation " generation
    if (terminal == "yes") {
        fflush("")
        system("sleep " pause)
    } else if (last != "yes") print ""
}

function step(    cell, at, x, y, dx, dy, near, next_alive) {
    for (cell in alive) {
        split(cell, at, SUBSEP)
        for (dx = -1; dx <= 1; dx++) {
            for (dy = -1; dy <= 1; dy++) {
                x = (at[1] + dx + columns) % columns
                y = (at[2] + dy + rows) % rows
                if (dx || dy) near[x, y]++
            }
        }
    }
    for (cell in near) if (near[cell] == 3 || (near[cell] == 2 && cell in alive)) next_alive[cell] = 1
    for (cell in alive) delete alive[cell]
    for (cell in next_alive) alive[cell] = 1
}
