package dev.kalends.partition;

import dev.kalends.job.Backfill;
import dev.kalends.job.JobId;
import dev.kalends.job.PauseOrder;
import dev.kalends.journal.Change.BackfillKey;
import dev.kalends.journal.KeyedState;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The pauses of tenants and of everything, and the backfills that go on: few, asked at every fire, so kept in memory.
 * Owned by a {@link Workspace}.
 */
final class PauseBoard {
    private static final String EVERYTHING = "";

    private final TreeMap<String, PauseOrder> orderByTenant = new TreeMap<>();
    private final TreeMap<BackfillKey, Backfill> backfillByKey =
            new TreeMap<>(Comparator.comparing(BackfillKey::job).thenComparingInt(BackfillKey::number));

    PauseBoard(KeyedState committed) {
        committed.pauses().forEach(this::put);
        committed.backfills().forEach(this::put);
    }

    void put(PauseOrder order) {
        orderByTenant.put(order.tenant().orElse(EVERYTHING), order);
    }

    void remove(Optional<String> tenant) {
        orderByTenant.remove(tenant.orElse(EVERYTHING));
    }

    void put(Backfill backfill) {
        backfillByKey.put(new BackfillKey(backfill.job(), backfill.number()), backfill);
    }

    void removeBackfill(JobId job, int number) {
        backfillByKey.remove(new BackfillKey(job, number));
    }

    List<PauseOrder> orders() {
        return List.copyOf(orderByTenant.values());
    }

    List<Backfill> backfills() {
        return List.copyOf(backfillByKey.values());
    }

    Optional<PauseOrder> over(String tenant) {
        if (orderByTenant.isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(orderByTenant.get(EVERYTHING))
                .filter(PauseOrder::holds)
                .or(() -> Optional.ofNullable(orderByTenant.get(tenant)).filter(PauseOrder::holds));
    }
}
