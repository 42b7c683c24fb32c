#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$shlib-args/share/shlib/args.sh"
args_begin mandelbrot 1.0 '[OPTION]...' 'Draw the Mandelbrot set in characters, or as a picture.'
args_value x x NUMBER -0.5 'Real part of the centre'
args_value y y NUMBER 0 'Imaginary part of the centre'
args_value zoom z NUMBER 1 'Magnification'
args_value width w COLUMNS 78 'Width of the drawing'
args_value iterations i COUNT 60 'Steps before a point counts as inside'
args_flag pgm p 'Write a PGM picture'
args_parse "$@"
eval "$ARGS_REST"
args_count 0 0 $#
sh_whole --width "$opt_width" 10 2000
sh_whole --iterations "$opt_iterations" 2 5000
for number in "$opt_x" "$opt_y" "$opt_zoom"; do
    printf '%s\n' "$number" | grep -Eqx -e '-?[0-9]*\.?[0-9]+' || sh_misuse "'$number' is not a number"
done
LC_ALL=C awk -v x="$opt_x" -v y="$opt_y" -v zoom="$opt_zoom" -v width="$opt_width" -v most="$opt_iterations" \
    -v picture="$opt_pgm" '
    BEGIN {
        if (zoom <= 0) zoom = 1
        shades = " .:-=+*%@"
        # Characters are about twice as high as they are wide.
        height = int(width * (picture == "yes" ? 0.75 : 0.375))
        step = 3.2 / zoom / width
        ratio = picture == "yes" ? 1 : 2
        if (picture == "yes") printf "P2\n%d %d\n255\n", width, height
        for (row = 0; row < height; row++) {
            line = ""
            cy = y + (height / 2 - row - 0.5) * step * ratio
            for (column = 0; column < width; column++) {
                cx = x + (column + 0.5 - width / 2) * step
                a = b = 0
                for (n = 0; n < most && a * a + b * b <= 4; n++) {
                    t = a * a - b * b + cx
                    b = 2 * a * b + cy
                    a = t
                }
                if (picture == "yes") print n == most ? 0 : 255 - int(n * 255 / most)
                else line = line (n == most ? "#" : substr(shades, 1 + n % length(shades), 1))
            }
            if (picture != "yes") {
                sub(/ +$/, "", line)
                print line
            }
        }
    }'
