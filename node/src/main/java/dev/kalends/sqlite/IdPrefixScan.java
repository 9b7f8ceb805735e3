package dev.kalends.sqlite;

import dev.kalends.job.JobId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds jobs by the beginning of their displayed id. The displayed form is mixed, so this looks at ids one by one: the
 * newest of the recurring and manual jobs, then the latest due of the others, up to a limit each.
 */
final class IdPrefixScan {
    /** Ids looked at, of each kind. */
    static final int IDS_MAX = 100_000;

    private final Reads reads;
    private final int partition;
    private final String tenant;

    IdPrefixScan(Reads reads, int partition, String tenant) {
        this.reads = reads;
        this.partition = partition;
        this.tenant = tenant;
    }

    List<JobId> find(String prefix, int limit) {
        String start = prefix.toLowerCase(Locale.ROOT);
        List<JobId> found = new ArrayList<>();
        scan(0, SlotIds.end(partition, 0), start, limit, found);
        scan(SlotIds.end(partition, 0), SlotIds.end(partition, JobId.DAYS_MAX), start, limit, found);
        return found;
    }

    private void scan(long from, long end, String start, int limit, List<JobId> found) {
        if (found.size() >= limit) {
            return;
        }
        reads.session()
                .on("SELECT id FROM job WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT ?")
                .with(from)
                .with(end)
                .with(IDS_MAX)
                .until(row -> {
                    JobId id = new JobId(row.number(1));
                    if (id.toString().startsWith(start)
                            && reads.spec(id)
                                    .filter(spec -> spec.tenant().equals(tenant))
                                    .isPresent()) {
                        found.add(id);
                    }
                    return found.size() < limit;
                });
    }
}
