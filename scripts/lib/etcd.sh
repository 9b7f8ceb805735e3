# Finds etcd, or gets it; sourced by the scripts beside it and by the tests. Sets etcd. Nothing is installed into the
# system: what has to be fetched lies in target/etcd.
# Environment: KALENDS_ETCD (the program), KALENDS_ETCD_URL (a .tar.gz of a release, when Debian's package will not do).
# shellcheck shell=sh

# Arguments: the top of the checkout.
find_etcd() {
    if [ -n "${KALENDS_ETCD:-}" ]; then
        etcd=$KALENDS_ETCD
        [ -x "$etcd" ] && return 0
        echo "error: configuration: KALENDS_ETCD is not a program; KALENDS_ETCD=$etcd" >&2
        return 1
    fi
    if [ -z "${KALENDS_ETCD_URL:-}" ]; then
        etcd=$(command -v etcd 2>/dev/null) && return 0
        for etcd in /usr/bin/etcd /usr/local/bin/etcd /opt/etcd/etcd /opt/homebrew/bin/etcd; do
            [ -x "$etcd" ] && return 0
        done
    fi
    etcd_fetched=$1/target/etcd
    for etcd in "$etcd_fetched/usr/bin/etcd" "$etcd_fetched"/*/etcd; do
        [ -x "$etcd" ] && return 0
    done
    fetch_etcd >&2 || return 1
    for etcd in "$etcd_fetched/usr/bin/etcd" "$etcd_fetched"/*/etcd; do
        [ -x "$etcd" ] && return 0
    done
    return 1
}

# Fetches into a directory of its own first, so that what is there is whole.
fetch_etcd() {
    etcd_part=$etcd_fetched.part.$$
    rm -rf "$etcd_part"
    mkdir -p "$etcd_part"
    if [ -n "${KALENDS_ETCD_URL:-}" ]; then
        echo "etcd: fetching $KALENDS_ETCD_URL"
        curl -fsSL -m 300 -o "$etcd_part/etcd.tar.gz" "$KALENDS_ETCD_URL" &&
            tar -xzf "$etcd_part/etcd.tar.gz" -C "$etcd_part"
    elif command -v apt-get >/dev/null 2>&1 && command -v dpkg >/dev/null 2>&1; then
        echo "etcd: fetching Debian's package etcd-server"
        (cd "$etcd_part" && { apt-get -q download etcd-server || { apt-get -q update && apt-get -q download etcd-server; }; }) &&
            dpkg -x "$etcd_part"/etcd-server_*.deb "$etcd_part"
    else
        false
    fi
    etcd_status=$?
    if [ "$etcd_status" -eq 0 ]; then
        rm -rf "$etcd_fetched"
        mv "$etcd_part" "$etcd_fetched"
    else
        rm -rf "$etcd_part"
    fi
    return "$etcd_status"
}

no_etcd() {
    echo "error: configuration: this needs etcd 3.4 or newer, and none was found" >&2
    echo "  looked at KALENDS_ETCD, PATH, the usual folders and target/etcd; Debian's package could not be fetched" >&2
    echo "  install it, for example: apt-get install etcd-server   or: brew install etcd" >&2
    echo "  or name a release: export KALENDS_ETCD_URL=https://.../etcd-v3.5.x-linux-amd64.tar.gz" >&2
    exit 78
}
