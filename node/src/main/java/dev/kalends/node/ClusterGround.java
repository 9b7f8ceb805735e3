package dev.kalends.node;

import dev.kalends.api.CheckView;
import dev.kalends.etcd.EtcdCoordination;
import dev.kalends.journal.JournalException;
import dev.kalends.journal.OutputLog;
import dev.kalends.kafka.KafkaCluster;
import dev.kalends.kafka.KafkaSettings;
import dev.kalends.kafka.KafkaSetupException;
import dev.kalends.kafka.ReplicaStart;
import dev.kalends.lease.Coordination.Member;
import dev.kalends.lease.CoordinationException;
import dev.kalends.lease.CoordinationTerms;
import dev.kalends.lease.Fitness;
import dev.kalends.lease.Holding;
import dev.kalends.lease.LeasedCoordination;
import dev.kalends.lease.Seating;
import dev.kalends.lease.SeatingTerms;
import dev.kalends.lease.Standby;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.server.Clocks;
import dev.kalends.server.NodeDuty.Trust;
import dev.kalends.server.QueueBook;
import dev.kalends.sqlite.DataDirectory;
import dev.kalends.sqlite.Durability;
import dev.kalends.zookeeper.ZooKeeperCoordination;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** A cluster's ground: Kafka keeps the journal and the queues, etcd or ZooKeeper says who is alive and who leads. */
final class ClusterGround implements Ground {
    /** A replica that is so far behind would hold up a partition if it led it. */
    private static final long LAG_MAX = 20_000;
    /** How long a membership of a node that was killed may still be there, beyond its TTL. */
    private static final long JOIN_MARGIN_MS = 10_000;

    private static final long JOIN_RETRY_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final KafkaCluster kafka;
    private final LeasedCoordination coordination;
    private final Clocks clocks;
    private final String nodeId;
    private final PartitionSet.Ports ports;

    private ClusterGround(KafkaCluster kafka, LeasedCoordination coordination, NodeConfig config, Clocks clocks) {
        Standby standby = config.cluster().map(ClusterConfig::standby).orElse(Standby.ALL);
        this.kafka = kafka;
        this.coordination = coordination;
        this.clocks = clocks;
        this.nodeId = config.nodeId();
        this.ports = new PartitionSet.Ports(
                (partition, store) -> kafka.journal(partition, store, store.position()),
                kafka.queue(),
                coordination,
                new Seating(nodeId, kafka.settings().partitions(), SeatingTerms.DEFAULT),
                standby.isAll()
                        ? Optional.empty()
                        : Optional.of(
                                new Holding(nodeId, kafka.settings().partitions(), standby, SeatingTerms.DEFAULT)));
    }

    static ClusterGround open(NodeConfig config, ClusterConfig cluster, DataDirectory directory, Clocks clocks)
            throws StartFailedException {
        KafkaCluster kafka;
        try {
            kafka = KafkaCluster.open(
                    settings(cluster, directory.partitions()), directory.path(), clocks.wall(), clocks.monotonic());
        } catch (KafkaSetupException | IllegalArgumentException e) {
            throw failed(NodeExit.UNAVAILABLE, e, "what a cluster needs of Kafka: scripts/cluster --production");
        }
        return new ClusterGround(kafka, coordination(cluster, clocks), config, clocks);
    }

    /** Throws {@link IllegalArgumentException} when the file with further properties cannot be read. */
    static KafkaSettings settings(ClusterConfig cluster, int partitions) {
        KafkaSettings plain = KafkaSettings.of(cluster.kafka(), cluster.name(), partitions);
        return cluster.kafkaProperties().map(plain::withClientFile).orElse(plain);
    }

    static LeasedCoordination coordination(ClusterConfig cluster, Clocks clocks) {
        return switch (cluster.service()) {
            case ClusterConfig.Service.Etcd etcd ->
                EtcdCoordination.open(etcd.urls(), cluster.name(), CoordinationTerms.DEFAULT, clocks.monotonic());
            case ClusterConfig.Service.ZooKeeper zookeeper ->
                ZooKeeperCoordination.open(
                        zookeeper.servers(), cluster.name(), CoordinationTerms.DEFAULT, clocks.monotonic());
        };
    }

    private static StartFailedException failed(NodeExit exit, RuntimeException cause, String hint) {
        return new StartFailedException(
                exit, Optional.ofNullable(cause.getMessage()).orElse(cause.toString()), hint, cause);
    }

    @Override
    public String mode() {
        return "cluster";
    }

    @Override
    public Durability durability() {
        return Durability.NORMAL;
    }

    @Override
    public PartitionSet.Ports ports() {
        return ports;
    }

    @Override
    public boolean goesOn(long highestPosition) throws StartFailedException {
        try {
            return kafka.replicas(highestPosition) == ReplicaStart.KEEP;
        } catch (JournalException e) {
            throw failed(NodeExit.CONFIGURATION, e, "nothing was changed");
        }
    }

    @Override
    public void beganAnew() {
        kafka.replicasRemoved();
    }

    @Override
    public Set<Integer> blank() {
        return ports.holding().isPresent() ? kafka.blank() : Set.of();
    }

    @Override
    public void followsAll() {
        kafka.followsAll();
    }

    @Override
    public OutputLog output(OutputLog local) {
        return kafka.output(local, nodeId);
    }

    @Override
    public void join(Member self) throws StartFailedException {
        long untilNs = clocks.monotonic().nowNs()
                + TimeUnit.MILLISECONDS.toNanos(CoordinationTerms.DEFAULT.ttlMs() + JOIN_MARGIN_MS);
        while (true) {
            try {
                coordination.join(self);
                return;
            } catch (CoordinationException e) {
                if (clocks.monotonic().nowNs() - untilNs >= 0) {
                    throw failed(
                            NodeExit.UNAVAILABLE,
                            e,
                            "is the coordination service there, and does no other node have this --node-id?");
                }
                LockSupport.parkNanos(JOIN_RETRY_NS);
            }
        }
    }

    @Override
    public Fitness fitness(List<PartitionHandle> replicas) {
        Optional<String> trouble = kafka.trouble();
        if (trouble.isPresent()) {
            return Fitness.none(trouble.get());
        }
        Set<Integer> behind = replicas.stream()
                .filter(replica -> replica.status().behind() > LAG_MAX)
                .map(PartitionHandle::partition)
                .collect(Collectors.toSet());
        return behind.isEmpty() ? Fitness.ALL : Fitness.allBut(behind);
    }

    @Override
    public QueueBook queues() {
        return new KafkaQueueBook(kafka.queue());
    }

    @Override
    public List<CheckView> checks() {
        List<CheckView> checks = new ArrayList<>();
        kafka.checks()
                .forEach(finding -> checks.add(new CheckView(
                        nodeId,
                        finding.subject(),
                        finding.weight().name().toLowerCase(Locale.ROOT),
                        finding.found(),
                        finding.advice().isEmpty() ? null : finding.advice())));
        checks.add(CoordinationCheck.of(nodeId, coordination, clocks.monotonic()));
        return checks;
    }

    @Override
    public Optional<Trust> trust(int partition) {
        return coordination
                .trust(partition)
                .map(trust -> new Trust(trust.leftMs(), trust.ttlMs(), trust.renewedAgoMs()));
    }

    @Override
    public void close() {
        coordination.close();
        kafka.close();
    }
}
