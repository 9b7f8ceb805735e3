package dev.kalends.node;

import dev.kalends.lease.Overview;
import dev.kalends.relay.ClockVerdict;
import dev.kalends.relay.PeerWatch;
import dev.kalends.relay.Peers;
import dev.kalends.relay.RoutedPartition;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.runtime.PartitionLoop;
import dev.kalends.runtime.Seats;
import dev.kalends.server.Clocks;
import dev.kalends.server.Fleet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * This node's place among the others, put together.
 *
 * @param handles the partitions as this node offers them: in a cluster commands go on to their leaders
 */
record FleetBuild(Fleet fleet, Seats seats, Duty duty, Peers peers, PeerWatch watch, List<PartitionHandle> handles) {
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
        List<PartitionLoop> loops = parts.partitions().loops();
        List<PartitionHandle> replicas = List.copyOf(loops);
        Peers peers = new Peers(parts.token());
        Sight sight = new Sight();
        PeerWatch watch = new PeerWatch(self, peers, sight, new PeerWatch.Clocks(clocks.wall(), clocks.monotonic()));
        Duty duty = new Duty(parts.ground(), clocks.monotonic(), () -> watch.clockVerdict(ClockVerdict.TOLERANCE_MS));
        Seats seats = parts.partitions().seats(parts.shared(), duty::fitness);
        sight.through(seats);
        duty.begin(replicas, seats);
        RoutedPartition.Shared shared = new RoutedPartition.Shared(self, peers, watch, sight, clocks.monotonic());
        List<PartitionHandle> handles = parts.config().cluster().isPresent()
                ? loops.stream()
                        .<PartitionHandle>map(loop -> new RoutedPartition(loop, loop::awaitApplied, shared))
                        .toList()
                : replicas;
        Fleet fleet = new Fleet(
                self, replicas, sight, peers, watch, duty, parts.ground().queues());
        return new FleetBuild(fleet, seats, duty, peers, watch, handles);
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
