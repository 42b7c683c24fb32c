#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# desktop.sh FROM TO: copies what desktops and systemd know Cairn by to where they look for it.
set -eu
from=$1
to=$2
mkdir -p "$to/applications" "$to/metainfo" "$to/systemd/system"
cp "$from"/*.desktop "$to/applications"
cp "$from"/*.metainfo.xml "$to/metainfo"
cp "$from"/*.service "$from"/*.socket "$to/systemd/system"
