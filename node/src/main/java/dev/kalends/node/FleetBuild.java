package dev.kalends.node;

import dev.kalends.lease.Overview;
import dev.kalends.lease.Standby;
import dev.kalends.relay.ClockVerdict;
import dev.kalends.relay.PeerWatch;
import dev.kalends.relay.Peers;
import dev.kalends.relay.RoutedPartition;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.runtime.Replica;
import dev.kalends.runtime.Replicas;
import dev.kalends.runtime.Seats;
import dev.kalends.server.Clocks;
import dev.kalends.server.Fleet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * This node's place among the others, put together.
 *
 * @param replicas what says which partitions are held here; empty where all are
 * @param handles the partitions as this node offers them: in a cluster commands go on to their leaders
 */
record FleetBuild(
        Fleet fleet,
        Seats seats,
        Optional<Replicas> replicas,
        Duty duty,
        Peers peers,
        PeerWatch watch,
        List<PartitionHandle> handles) {
    /** What it is made of. */
    record Parts(
            NodeConfig config,
            Clocks clocks,
            Ground ground,
            PartitionSet partitions,
            PartitionSet.Shared shared,
            String token) {}

    static FleetBuild of(Parts parts) {
        Clocks clocks = parts.clocks();
        String self = parts.config().nodeId();
        List<Replica> slots = List.copyOf(parts.partitions().slots());
        Peers peers = new Peers(parts.token());
        Sight sight = new Sight();
        PeerWatch watch = new PeerWatch(self, peers, sight, new PeerWatch.Clocks(clocks.wall(), clocks.monotonic()));
        Duty duty = new Duty(
                self,
                parts.config().dataDirectory(),
                parts.ground(),
                clocks.monotonic(),
                () -> watch.clockVerdict(ClockVerdict.TOLERANCE_MS));
        Seats seats = parts.partitions().seats(parts.shared(), duty::fitness);
        sight.through(seats);
        Optional<Replicas> replicas = parts.partitions().replicas(parts.shared(), seats);
        duty.begin(List.copyOf(slots), seats, replicas);
        Standby standby = parts.config().cluster().map(ClusterConfig::standby).orElse(Standby.ALL);
        RoutedPartition.Shared shared =
                new RoutedPartition.Shared(self, standby, peers, watch, sight, clocks.monotonic());
        List<PartitionHandle> handles = parts.config().cluster().isPresent()
                ? slots.stream()
                        .<PartitionHandle>map(slot -> new RoutedPartition(slot, shared))
                        .toList()
                : List.copyOf(slots);
        Fleet fleet = new Fleet(
                self, standby, slots, sight, peers, watch, duty, parts.ground().queues());
        return new FleetBuild(fleet, seats, replicas, duty, peers, watch, handles);
    }

    /** What the seats saw last; they are made after those who ask. */
    private static final class Sight implements Supplier<Overview> {
        private volatile Supplier<Overview> seen = () -> new Overview(List.of(), Map.of());

        void through(Seats seats) {
            seen = () -> seats.seen().orElseGet(() -> new Overview(List.of(), Map.of()));
        }

        @Override
        public Overview get() {
            return seen.get();
        }
    }
}
