# A Kafka broker and controller in one process, from Maven Central; sourced by the scripts beside it and by the tests.
# Everything listens on the loopback. Needs jdk.sh (jdk) and jars.sh.
# Environment: KALENDS_KAFKA (a directory with a broker's jars, such as the libs of a release 4.1 or newer).
# shellcheck shell=sh

# Finds or fetches the jars; sets kafka_jars. Arguments: the top of the checkout.
find_kafka() {
    if [ -n "${KALENDS_KAFKA:-}" ]; then
        kafka_jars=$KALENDS_KAFKA
        ls "$kafka_jars"/kafka_2.13-*.jar >/dev/null 2>&1 && return 0
        echo "error: configuration: KALENDS_KAFKA holds no broker; KALENDS_KAFKA=$KALENDS_KAFKA" >&2
        return 1
    fi
    kafka_jars=$1/target/kafka
    ls "$kafka_jars"/kafka_2.13-*.jar >/dev/null 2>&1 && return 0
    command -v mvn >/dev/null 2>&1 || return 1
    fetch_jars "$1/scripts/lib/kafka-pom.xml" "$kafka_jars"
}

no_kafka() {
    echo "error: configuration: this needs a Kafka broker, and its jars could not be had" >&2
    echo "  they come from Maven Central (org.apache.kafka:kafka_2.13) by mvn, 90 MB, once" >&2
    echo "  or name a release that is there: export KALENDS_KAFKA=/opt/kafka/libs" >&2
    exit 78
}

# Runs a class of the broker's jars in this process. Arguments: the class and its arguments.
kafka_java() {
    # shellcheck disable=SC2086
    exec ${detach:-} "$jdk/bin/java" ${KALENDS_KAFKA_OPTS:--Xms256m -Xmx512m -XX:+UseSerialGC} -cp "$kafka_jars/*" \
        --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
        -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -Dorg.slf4j.simpleLogger.showDateTime=true \
        -Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS \
        -Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info "$@"
}

# Writes the settings of a broker and formats its directory, once.
# Arguments: directory, port for clients, port of the controller, then for each further door PORT:ADVERTISED-PORT (a
# client that comes in there is sent to the advertised port: a proxy's), or ADDRESS/PORT.
prepare_kafka() {
    kafka_dir=$1
    kafka_doors=DIRECT://127.0.0.1:$2,CONTROLLER://127.0.0.1:$3
    kafka_advertised=DIRECT://127.0.0.1:$2
    kafka_protocols=DIRECT:PLAINTEXT,CONTROLLER:PLAINTEXT
    kafka_controller=$3
    shift 3
    kafka_n=0
    for kafka_door in "$@"; do
        kafka_n=$((kafka_n + 1))
        case $kafka_door in
        */*)
            kafka_doors=$kafka_doors,DOOR$kafka_n://${kafka_door%/*}:${kafka_door#*/}
            kafka_advertised=$kafka_advertised,DOOR$kafka_n://${kafka_door%/*}:${kafka_door#*/}
            ;;
        *)
            kafka_doors=$kafka_doors,DOOR$kafka_n://127.0.0.1:${kafka_door%:*}
            kafka_advertised=$kafka_advertised,DOOR$kafka_n://127.0.0.1:${kafka_door#*:}
            ;;
        esac
        kafka_protocols=$kafka_protocols,DOOR$kafka_n:PLAINTEXT
    done
    mkdir -p "$kafka_dir"
    cat > "$kafka_dir/server.properties" <<END
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$kafka_controller
controller.listener.names=CONTROLLER
inter.broker.listener.name=DIRECT
listeners=$kafka_doors
advertised.listeners=$kafka_advertised
listener.security.protocol.map=$kafka_protocols
log.dirs=$kafka_dir/data
auto.create.topics.enable=false
# One broker: nothing is replicated, and few partitions of its own topics start faster.
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=8
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
share.coordinator.state.topic.num.partitions=4
group.initial.rebalance.delay.ms=0
# A broker that was killed is let in again when its former self has been silent for so long (9 s by default).
broker.session.timeout.ms=3000
add.partitions.to.txn.retry.backoff.ms=2
broker.heartbeat.interval.ms=500
num.network.threads=2
num.io.threads=4
log.cleaner.threads=1
log.cleaner.dedupe.buffer.size=33554432
END
    [ -e "$kafka_dir/data/meta.properties" ] && return 0
    (kafka_java kafka.tools.StorageTool format -t "$(kafka_uuid)" -c "$kafka_dir/server.properties") \
        > "$kafka_dir/format.log" 2>&1 || {
        echo "error: configuration: the broker's directory could not be formatted; log=$kafka_dir/format.log" >&2
        return 1
    }
}

# A cluster id as Kafka writes them: 16 random bytes in base64 for URLs, not beginning with a dash.
kafka_uuid() {
    printf 'K%s' "$(dd if=/dev/urandom bs=16 count=1 2>/dev/null | base64 | tr '+/' 'ab' | cut -c 2-22)"
}

# Starts the broker of a prepared directory and waits until it serves; leaves DIR/pid. Arguments: directory.
start_kafka() {
    : > "$1/log"
    (kafka_java kafka.Kafka "$1/server.properties") >> "$1/log" 2>&1 </dev/null &
    echo $! > "$1/pid"
    await_line "$1/log" 'Kafka Server started' "$(cat "$1/pid")" 60 && return 0
    echo "error: unavailable: the broker did not start; log=$1/log" >&2
    tail -n 5 "$1/log" | sed 's/^/  /' >&2
    return 1
}

# Ends the broker of a directory. Arguments: directory.
stop_kafka() {
    [ -r "$1/pid" ] || return 0
    end_process "$(cat "$1/pid")" 20
    rm -f "$1/pid"
}
