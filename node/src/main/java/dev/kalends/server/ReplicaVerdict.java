package dev.kalends.server;

import dev.kalends.api.PeerDigest;
import dev.kalends.api.ReplicaView;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says of the replicas of a partition whether they are the same, as far as that can be told. */
final class ReplicaVerdict {
    private static final String MOVED = "it changes too fast to be compared";

    private ReplicaVerdict() {}

    /**
     * Judges.
     *
     * @param position that all were to have reached
     * @param silent nodes that told nothing
     */
    static ReplicaView of(int partition, long position, List<PeerDigest> told, List<String> silent) {
        Optional<String> differing = differing(told);
        if (differing.isPresent()) {
            return new ReplicaView(partition, "differs", differing.get(), told);
        }
        String behind = told.stream()
                .filter(replica -> replica.position() < position)
                .map(replica -> replica.node() + " by " + (position - replica.position()))
                .collect(Collectors.joining(", "));
        if (!behind.isEmpty()) {
            return new ReplicaView(partition, "behind", behind, told);
        }
        if (!silent.isEmpty()) {
            return new ReplicaView(partition, "silent", String.join(", ", silent), told);
        }
        return unequal(told)
                .map(why -> new ReplicaView(partition, "not_compared", why, told))
                .orElseGet(() -> new ReplicaView(
                        partition,
                        "same",
                        told.size() + " at position " + told.getFirst().position(),
                        told));
    }

    static ReplicaView notCompared(int partition, String why) {
        return new ReplicaView(partition, "not_compared", why, List.of());
    }

    /** Whether it is worth another look. */
    static boolean moved(ReplicaView view) {
        return view.detail().equals(MOVED);
    }

    /** Two that hold different things at one position, by the same encoding. */
    private static Optional<String> differing(List<PeerDigest> told) {
        for (PeerDigest one : told) {
            for (PeerDigest other : told) {
                if (one.position() == other.position()
                        && one.version().equals(other.version())
                        && one.digest() != null
                        && other.digest() != null
                        && !one.digest().equals(other.digest())) {
                    return Optional.of(one.node() + " and " + other.node() + " at position " + one.position());
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> unequal(List<PeerDigest> told) {
        Optional<PeerDigest> large =
                told.stream().filter(replica -> replica.digest() == null).findFirst();
        if (large.isPresent()) {
            return Optional.of(large.get().jobs() + " jobs");
        }
        if (told.stream().map(PeerDigest::version).distinct().count() > 1) {
            return Optional.of("nodes of different versions");
        }
        return told.stream().map(PeerDigest::position).distinct().count() > 1 ? Optional.of(MOVED) : Optional.empty();
    }
}
