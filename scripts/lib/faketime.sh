# Finds libfaketime, which gives a process a wall clock of its own, or gets it; sourced by the scripts beside it and by
# the tests. Sets faketime. Nothing is installed into the system: what has to be fetched lies in target/faketime.
# shellcheck shell=sh

# Arguments: the top of the checkout.
find_faketime() {
    for faketime in /usr/lib/*/faketime/libfaketimeMT.so.1 /usr/lib/faketime/libfaketimeMT.so.1 \
        "$1"/target/faketime/usr/lib/*/faketime/libfaketimeMT.so.1; do
        [ -r "$faketime" ] && return 0
    done
    command -v apt-get >/dev/null 2>&1 && command -v dpkg >/dev/null 2>&1 || return 1
    faketime_part=$1/target/faketime.part.$$
    rm -rf "$faketime_part"
    mkdir -p "$faketime_part"
    echo "faketime: fetching Debian's package libfaketime" >&2
    if (cd "$faketime_part" && { apt-get -q download libfaketime || { apt-get -q update && apt-get -q download libfaketime; }; }) >&2 &&
        dpkg -x "$faketime_part"/libfaketime_*.deb "$faketime_part" >&2; then
        rm -rf "$1/target/faketime"
        mv "$faketime_part" "$1/target/faketime"
    else
        rm -rf "$faketime_part"
        return 1
    fi
    for faketime in "$1"/target/faketime/usr/lib/*/faketime/libfaketimeMT.so.1; do
        [ -r "$faketime" ] && return 0
    done
    return 1
}

no_faketime() {
    echo "error: configuration: this needs libfaketime, and it could not be had" >&2
    echo "  install it, for example: apt-get install libfaketime" >&2
    exit 78
}
