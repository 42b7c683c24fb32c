# SPDX-License-Identifier: Apache-2.0
# wrap.awk: wants text.awk, LC_ALL=C and -v width.
{
    n = text_wrap($0, width, parts)
    for (i = 1; i <= n; i++) print parts[i]
}
