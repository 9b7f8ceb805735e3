package dev.kalends.lease;

import dev.kalends.job.Hash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rendezvous hashing: for each partition every member has a score, and the highest leads. A member that comes or goes
 * moves only the partitions that it gets or had, and everybody computes the same without a word (Thaler and
 * Ravishankar, "Using name-based mappings to increase hit rates", 1998).
 *
 * <p>Of a few partitions chance gives one member half and another none. So {@link #spread} lets nobody lead more than
 * its share, and passes on what is beyond it (Mirrokni, Thorup and Zadimoghaddam, "Consistent hashing with bounded
 * loads", 2016).
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

    /**
     * For each partition the members that are fit for it, in the order in which they should lead it; the first of them
     * is first for no more partitions than its share, as far as others are fit.
     *
     * @param fitByPartition from partition 0 on
     */
    static List<List<String>> spread(List<List<String>> fitByPartition) {
        Set<String> members = new HashSet<>();
        fitByPartition.forEach(members::addAll);
        int share = Math.ceilDiv(fitByPartition.size(), Math.max(1, members.size()));
        Map<String, Integer> ledByMember = new HashMap<>();
        List<List<String>> orders = new ArrayList<>();
        for (int partition = 0; partition < fitByPartition.size(); partition++) {
            List<String> order = new ArrayList<>(ranked(partition, fitByPartition.get(partition)));
            int first = 0;
            while (first < order.size() && ledByMember.getOrDefault(order.get(first), 0) >= share) {
                first++;
            }
            if (!order.isEmpty()) {
                String chosen = order.remove(first == order.size() ? 0 : first);
                order.addFirst(chosen);
                ledByMember.merge(chosen, 1, Integer::sum);
            }
            orders.add(List.copyOf(order));
        }
        return orders;
    }

    private static long score(int partition, String id) {
        return Hash.mix(Hash.of(id), partition);
    }
}
