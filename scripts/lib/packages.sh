# shellcheck shell=sh
# Sourced: programs of the system that only tests need. PROGRAM:PACKAGE, as Debian calls them.

# Installs what is missing of the pairs given; says what could not be, and fails.
install_programs() {
    wanted=
    for pair in "$@"; do
        command -v "${pair%%:*}" > /dev/null || wanted="$wanted ${pair#*:}"
    done
    [ -n "$wanted" ] || return 0
    if ! command -v apt-get > /dev/null; then
        echo "error: configuration: these are missing:$wanted" >&2
        echo "  install them; this is no Debian" >&2
        return 78
    fi
    # shellcheck disable=SC2086
    if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $wanted; } \
        > /dev/null 2>&1; then
        echo "error: configuration: apt-get could not install:$wanted" >&2
        echo "  install them by hand, or run this as root" >&2
        return 78
    fi
}
