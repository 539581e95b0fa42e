# What the scripts beside this file share: finding a JDK, and building what is missing or out of date. Sourced by them, with
# $here set to this folder. Sets $root, $target and, by find_jdk, $jdk.

root=$(dirname -- "$here")
target=$here/target

say() {
    echo "benchmarks: $*" >&2
}

is_new_enough() {
    version=$(sed -n 's/^JAVA_VERSION="\([0-9][0-9]*\).*/\1/p' "$1/release" 2>/dev/null | head -n 1)
    [ -x "$1/bin/javac" ] && [ "${version:-0}" -ge 25 ]
}

find_jdk() {
    on_path=$(command -v javac || true)
    [ -z "$on_path" ] || on_path=$(dirname -- "$(dirname -- "$(readlink -f "$on_path")")")
    for jdk in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /opt/* "${HOME:-/nowhere}"/.sdkman/candidates/java/* \
        "${HOME:-/nowhere}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if is_new_enough "$jdk"; then
            return 0
        fi
    done
    return 1
}

is_stale() {
    [ -f "$target/built-by-run" ] || return 0
    [ -n "$(find "$root/pom.xml" "$root/bgp-wire" "$root/rib" "$root/rr-core" "$here" \
        \( -name target -o -path '*/src/test' \) -prune -o \( -name '*.java' -o -name pom.xml \) \
        -newer "$target/built-by-run" -print 2>/dev/null | head -n 1)" ]
}

build() {
    if ! command -v mvn >/dev/null 2>&1; then
        say "Maven is missing: install it (Debian: apt-get install maven) and try again"
        exit 1
    fi
    say "building, which takes about a minute"
    mkdir -p "$target"
    # Taken before the build, so that what is edited meanwhile is built the next time.
    touch "$target/build-begun"
    rm -rf "$target/lib" # libraries of other versions would stay
    # Maven's own libraries are older than Java 25 and make it warn.
    MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS:-}"
    export MAVEN_OPTS
    if ! (cd "$root" && JAVA_HOME=$jdk mvn -B -q -Dstyle.color=never -Dmaven.test.skip=true -Dspotless.check.skip \
        -pl benchmarks -am package) >&2; then
        say "the build failed; the reason stands above"
        exit 1
    fi
    mv -f "$target/build-begun" "$target/built-by-run"
}

# Ends the script if there is no JDK or the build fails.
provide_classes() {
    if ! find_jdk; then
        say "needs a JDK 25 or newer; install one (https://adoptium.net) or point JAVA_HOME to it"
        exit 1
    fi
    if is_stale; then
        build
    fi
}
