# A ZooKeeper of one server, from Maven Central; sourced by the scripts beside it. Listens on the loopback. Needs jdk.sh
# (jdk) and jars.sh.
# shellcheck shell=sh

# Finds or fetches the jars; sets zookeeper_jars. Arguments: the top of the checkout.
find_zookeeper() {
    zookeeper_jars=$1/target/zookeeper
    ls "$zookeeper_jars"/zookeeper-3*.jar >/dev/null 2>&1 && return 0
    command -v mvn >/dev/null 2>&1 || return 1
    fetch_jars "$1/scripts/lib/zookeeper-pom.xml" "$zookeeper_jars"
}

no_zookeeper() {
    echo "error: configuration: this needs a ZooKeeper, and its jars could not be had" >&2
    echo "  they come from Maven Central (org.apache.zookeeper:zookeeper) by mvn, 10 MB, once" >&2
    exit 78
}

# Starts a server and waits until it serves; leaves DIR/pid. Arguments: directory, port.
start_zookeeper() {
    mkdir -p "$1/data"
    cat > "$1/zoo.cfg" <<END
dataDir=$1/data
clientPortAddress=127.0.0.1
clientPort=$2
tickTime=500
maxClientCnxns=0
admin.enableServer=false
END
    : > "$1/log"
    # shellcheck disable=SC2086
    (exec ${detach:-} "$jdk/bin/java" -Xms64m -Xmx256m -XX:+UseSerialGC -cp "$zookeeper_jars/*" \
        --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
        -Dorg.slf4j.simpleLogger.defaultLogLevel=warn \
        -Dorg.slf4j.simpleLogger.log.org.apache.zookeeper.server.NIOServerCnxnFactory=info \
        org.apache.zookeeper.server.ZooKeeperServerMain "$1/zoo.cfg") >> "$1/log" 2>&1 </dev/null &
    echo $! > "$1/pid"
    await_line "$1/log" 'binding to port' "$(cat "$1/pid")" 30 && return 0
    echo "error: unavailable: ZooKeeper did not start; log=$1/log" >&2
    tail -n 5 "$1/log" | sed 's/^/  /' >&2
    return 1
}

# Ends the server of a directory. Arguments: directory.
stop_zookeeper() {
    [ -r "$1/pid" ] || return 0
    end_process "$(cat "$1/pid")" 10
    rm -f "$1/pid"
}
