#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# launcher.sh LAUNCHER IMAGE: puts Cairn's launcher in the place of the one that jpackage made.
set -eu
launcher=$1
image=$2
# Without the programs of the run-time, which jpackage leaves out unless it is told what to leave out, nothing starts.
[ -x "$image/lib/runtime/bin/java" ] || {
    echo "there is no '$image/lib/runtime/bin/java'" >&2
    exit 1
}
install -m 755 "$launcher" "$image/bin/cairn"
rm -f "$image/lib/app/cairn.cfg" "$image/lib/libapplauncher.so"
