# Finds a JDK 25; sourced by the scripts beside it. Sets jdk. Uses the shell's own commands, and readlink once.
# shellcheck shell=sh

# Whether a directory is a JDK 25 or newer, by its release file; where nothing is compiled (compiles=no) a JRE will do.
is_jdk() {
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
    [ -x "$1/bin/javac" ] || [ "${compiles:-yes}" = no ] || return 1
    while IFS='="' read -r key _ value _; do
        if [ "$key" = JAVA_VERSION ]; then
            value=${value%%.*}
            case ${value%%[!0-9]*} in
            '') return 1 ;;
            *) [ "${value%%[!0-9]*}" -ge 25 ] && return 0 ;;
            esac
            return 1
        fi
    done < "$1/release"
    return 1
}

find_jdk() {
    if [ -n "${JAVA_HOME:-}" ] && is_jdk "$JAVA_HOME"; then
        jdk=$JAVA_HOME
        return 0
    fi
    on_path=$(command -v java 2>/dev/null) || on_path=
    if [ -n "$on_path" ]; then
        real=$(readlink -f "$on_path" 2>/dev/null) || real=$on_path
        jdk=${real%/bin/java}
        is_jdk "$jdk" && return 0
    fi
    for jdk in /usr/lib/jvm/* /usr/java/* /usr/local/lib/jvm/* /opt/java/* /opt/jdk* /opt/*jdk* \
        "${HOME:-/}"/.sdkman/candidates/java/* "${HOME:-/}"/.jdks/* "${HOME:-/}"/.local/share/mise/installs/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-/}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec; do
        is_jdk "$jdk" && return 0
    done
    return 1
}

no_jdk() {
    echo "error: configuration: kalends needs a JDK 25 or newer, and none was found" >&2
    echo "  looked at JAVA_HOME, PATH and the usual folders; get one from https://adoptium.net/temurin/releases/?version=25" >&2
    echo "  then: export JAVA_HOME=/path/to/jdk-25" >&2
    exit 78
}
