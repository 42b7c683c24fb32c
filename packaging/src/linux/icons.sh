#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# icons.sh FROM TO: copies Cairn's icons to where desktops look for them.
set -eu
from=$1
to=$2
for size in 32 64 128 256; do
    mkdir -p "$to/${size}x$size/apps"
    cp "$from/cairn-$size.png" "$to/${size}x$size/apps/dev.cairn.Cairn.png"
done
mkdir -p "$to/scalable/apps"
cp "$from/cairn.svg" "$to/scalable/apps/dev.cairn.Cairn.svg"
