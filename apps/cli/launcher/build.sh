# Builds the product into target/dist/<build>/lib and runs main classes from there. Sourced after toolchain.sh.
# A running server keeps the build that it was started from, so each build has a folder of its own.
# shellcheck shell=sh

# the folders that hold what is built
SOURCES="apps clouds gateway node orchestrator platform"

# whether the newest build holds what the sources say now; about 30 ms
is_built() {
    [ -r "$1/target/dist/current/java.args" ] || return 1
    changed=$(cd "$1" && find pom.xml .mvn $SOURCES \
        \( -name target -o -path '*/src/test' \) -prune \
        -o \( -type f -o -type d -path '*/src/*' \) -newer target/dist/current/since -print | head -n 1)
    [ -z "$changed" ]
}

build() {
    started=$(date +%s)
    out="$1/target/dist/$started-$$"
    mkdir -p "$out/lib" || fail "Cannot write to $1/target. Is the disk full, or the folder read-only?"
    touch "$out/since"
    say "Building (the first time takes a minute or two) ..."
    if ! run_maven "$1" "$out/maven.log" -Pdist -Dmaven.test.skip=true "-Ddist.lib=$out/lib" package; then
        explain_failure "$out/maven.log"
    fi
    cp "$1"/apps/cli/target/cli-*.jar "$out/lib/"
    write_arguments "$out"
    ln -sfn "$(basename "$out")" "$1/target/dist/current"
    forget_old_builds "$1/target/dist"
    say "Built in $(($(date +%s) - started)) s."
}

# Maven in $1 with its output in $2; a line per module is what is seen of it
run_maven() {
    tree=$1
    log=$2
    shift 2
    status="$log.status"
    {
        # Maven's own libraries print warnings on JDK 25 that concern nobody here
        if (cd "$tree" && JAVA_HOME="$JDK" mvn -B -ntp "$@" 2>&1); then echo 0 >"$status"; else echo 1 >"$status"; fi
    } | tee "$log" | modules >&2
    [ "$(cat "$status")" = 0 ]
}

# of Maven's output the line for each module, at once: some awks hold lines back when their output is no terminal
modules() {
    while IFS= read -r line; do
        case $line in
        "[INFO] Building "*"["*/*"]")
            name=${line#"[INFO] Building "}
            printf '  %s [%s\n' "${name%% [0-9]*}" "${line##*\[}"
            ;;
        esac
    done
}

explain_failure() {
    say ""
    grep '^\[ERROR\]' "$1" | sed 's/^\[ERROR\] //' | head -n 12 >&2
    if grep -q 'No space left on device' "$1"; then
        say "The disk is full. Free some space (about 500 MB are needed) and run this again."
    elif grep -Eq 'Could not transfer|Unknown host|Network is unreachable|offline mode|Connection refused' "$1"; then
        say "Libraries could not be fetched. Check the network, or give Maven a mirror in ~/.m2/settings.xml, and run this again."
    fi
    fail "The build failed. All of it: $1"
}

# the options that every JVM of ours gets, and the class path, which may hold spaces
write_arguments() {
    jars=
    for jar in "$1"/lib/*.jar; do
        jars="$jars${jars:+:}$jar"
    done
    {
        printf '%s\n' --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
            -XX:+UseSerialGC -XX:+UseCompactObjectHeaders
        printf -- '-cp "%s"\n' "$(printf '%s' "$jars" | sed 's/[\\"]/\\&/g')"
    } >"$1/java.args"
}

# the newest two stay: a server may still run from the one before
forget_old_builds() {
    find "$1" -mindepth 1 -maxdepth 1 -type d | sort -r | sed 1,2d | while read -r old; do
        rm -rf "$old"
    done
}

# run_main TREE CLASS ARGUMENT...
run_main() {
    dist=$(CDPATH='' cd -- "$1/target/dist/current" && pwd -P)
    main=$2
    shift 2
    exec "$JDK/bin/java" "@$dist/java.args" -XX:TieredStopAtLevel=1 -Xshare:auto "-Duser.home=$HOME" \
        "-Ddeepseek.launcher=$0" "$main" "$@"
}
