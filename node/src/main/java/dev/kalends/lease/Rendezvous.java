package dev.kalends.lease;

import dev.kalends.job.Hash;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Rendezvous hashing: for each partition every member has a score, and the highest leads. A member that comes or goes
 * moves only the partitions that it gets or had, and everybody computes the same without a word (Thaler and
 * Ravishankar, "Using name-based mappings to increase hit rates", 1998).
 */
public final class Rendezvous {
    private Rendezvous() {}

    /** The members in the order in which they should lead a partition. */
    public static List<String> ranked(int partition, Collection<String> ids) {
        return ids.stream()
                .sorted(Comparator.comparingLong((String id) -> score(partition, id))
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private static long score(int partition, String id) {
        return Hash.mix(Hash.of(id), partition);
    }
}
