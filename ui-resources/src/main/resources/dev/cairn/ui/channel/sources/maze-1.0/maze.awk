# SPDX-License-Identifier: Apache-2.0
# maze.awk: depth-first maze. Wants -v columns, rows, seed, solve. The numbers are made here, because awks differ in rand.

function chance(limit) {
    state = (state * 16807) % 2147483647
    return state % limit
}

BEGIN {
    state = seed * 2 + 1
    for (i = 0; i < 10; i++) chance(2)
    stepX[0] = 1; stepX[1] = 0; stepX[2] = -1; stepX[3] = 0
    stepY[0] = 0; stepY[1] = 1; stepY[2] = 0; stepY[3] = -1
    carve()
    draw()
    print "maze " seed
}

function inside(x, y) {
    return x >= 0 && y >= 0 && x < columns && y < rows
}

function carve(    depth, x, y, k, free, choice, ways) {
    depth = 1
    trailX[1] = trailY[1] = 0
    visited[0, 0] = 1
    while (depth > 0) {
        x = trailX[depth]
        y = trailY[depth]
        if (x == columns - 1 && y == rows - 1) for (k = 1; k <= depth; k++) way[trailX[k], trailY[k]] = k
        free = 0
        for (k = 0; k < 4; k++) {
            if (inside(x + stepX[k], y + stepY[k]) && !((x + stepX[k], y + stepY[k]) in visited)) ways[free++] = k
        }
        if (free == 0) {
            depth--
            continue
        }
        choice = ways[chance(free)]
        open[x, y, choice] = 1
        x += stepX[choice]
        y += stepY[choice]
        open[x, y, (choice + 2) % 4] = 1
        visited[x, y] = 1
        depth++
        trailX[depth] = x
        trailY[depth] = y
    }
}

function draw(    x, y, line, mark) {
    line = "+"
    for (x = 0; x < columns; x++) line = line (x == 0 ? "   +" : "---+")
    print line
    for (y = 0; y < rows; y++) {
        line = "|"
        for (x = 0; x < columns; x++) {
            mark = solve == "yes" && (x, y) in way ? " . " : "   "
            line = line mark (((x, y, 0) in open) ? " " : "|")
        }
        print line
        line = "+"
        for (x = 0; x < columns; x++) {
            line = line (((x, y, 1) in open) || (y == rows - 1 && x == columns - 1) ? "   +" : "---+")
        }
        print line
    }
}
