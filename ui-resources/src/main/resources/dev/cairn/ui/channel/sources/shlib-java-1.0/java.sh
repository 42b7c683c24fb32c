# SPDX-License-Identifier: Apache-2.0
# java.sh: starts a program kept as one Java source file with the host's Java, or says what is missing.
. "#$shlib/share/shlib/shlib.sh"

# java_find: sets JAVA_PROGRAM to a java of a JDK 17 or newer (the compiler is needed); false when there is none.
java_find() {
    _java_seen=
    for JAVA_PROGRAM in "${JAVA_HOME:+$JAVA_HOME/bin/java}" "$(command -v java 2>/dev/null)" /usr/lib/jvm/*/bin/java; do
        [ -n "$JAVA_PROGRAM" ] && [ -x "$JAVA_PROGRAM" ] || continue
        _java_seen=$JAVA_PROGRAM
        _java_real=$(readlink -f "$JAVA_PROGRAM")
        _java_release=${_java_real%/bin/java}/release
        if [ -r "$_java_release" ]; then
            _java_version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$_java_release")
            _java_compiler=$(sed -n 's/^MODULES=.*[" ]jdk\.compiler[" ].*/yes/p' "$_java_release")
        else
            _java_version=$("$JAVA_PROGRAM" -version 2>&1 | sed -n '1s/.*"\([0-9]*\).*/\1/p')
            _java_compiler=$("$JAVA_PROGRAM" --list-modules 2>/dev/null | sed -n 's/^jdk\.compiler@.*/yes/p')
        fi
        if sh_is_whole "$_java_version" && [ "$_java_version" -ge 17 ] && [ "$_java_compiler" = yes ]; then
            return 0
        fi
    done
    return 1
}

# java_run FILE ARGUMENT...: becomes the Java program in FILE.
java_run() {
    if ! java_find; then
        if [ -n "$_java_seen" ]; then
            sh_warn "$_java_seen is older than Java 17 or has no compiler"
        else
            sh_warn "no Java was found in JAVA_HOME, on the PATH or in /usr/lib/jvm"
        fi
        sh_warn "a JDK 17 or newer is needed; on Debian: apt install openjdk-17-jdk-headless"
        exit 127
    fi
    exec "$JAVA_PROGRAM" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto "$@"
}
