#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
. "#$shlib-args/share/shlib/args.sh"
. "#$shlib-java/share/shlib/java.sh"
args_begin serve 1.0 '[OPTION]... [FOLDER]' 'Serve the files of a folder by HTTP, to this machine only.'
args_value port p PORT 8000 'Listen on PORT; 0 chooses a free one'
args_value bind b ADDRESS 127.0.0.1 'Listen on ADDRESS; 0.0.0.0 lets everybody in'
args_flag quiet q 'Do not print requests'
args_text 'Files are read only; hidden files and links that lead out of the folder are not served. Ends with Ctrl-C.
Needs Java 17 or newer.'
args_parse "$@"
eval "$ARGS_REST"
args_count 0 1 $#
sh_whole --port "$opt_port" 0 65535
folder=${1:-.}
[ -d "$folder" ] || sh_die "$folder: no such folder"
java_run "#$output/share/serve/Serve.java" "$folder" "$opt_bind" "$SH_WHOLE" "$opt_quiet"
