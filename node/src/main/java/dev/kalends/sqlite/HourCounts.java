package dev.kalends.sqlite;

import dev.kalends.job.JobId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How many one-offs of each day slot are due in which of its hours, counted as they come: so that a forecast over a
 * hundred million jobs need not look at them. Written in the transaction that writes the jobs. Owned by the
 * partition's thread; {@link #of} reads from any.
 *
 * <p>What was fired, cancelled or moved since is counted all the same: whoever reads takes it off by the tables that
 * say so. A slot has no counts (its row is empty) if it held jobs before they were kept, or holds one that is due on
 * another day: then its jobs must be looked at.
 */
final class HourCounts {
    static final int HOURS = 24;
    static final long HOUR_MS = 3_600_000L;
    /** Days kept in memory. */
    private static final int KEPT_MAX = 2_048;

    private static final int[] NONE = {};

    private final Session session;
    private final int partition;
    private final RowWriter<Day> rows;
    private final Map<Integer, Day> dayByNumber = new HashMap<>();
    private final Set<Day> changed = new LinkedHashSet<>();

    private static final class Day {
        private final int number;
        /** Empty when they are not kept. */
        private int[] counts;
        /** Jobs with a later sequence were not counted yet. */
        private long last;

        Day(int number, int[] counts, long last) {
            this.number = number;
            this.counts = counts;
            this.last = last;
        }
    }

    HourCounts(Session session, int partition) {
        this.session = session;
        this.partition = partition;
        this.rows = new RowWriter<>(
                session,
                "INSERT OR REPLACE INTO hours (day, last, counts) VALUES ",
                "(?, ?, ?)",
                "",
                (query, day) -> query.with(day.number).with(day.last).with(bytes(day.counts)));
    }

    /** Goes back to what is committed. */
    void load() {
        dayByNumber.clear();
        changed.clear();
    }

    /** Counts a one-off whose row is about to be written, by its due instant as milliseconds into its day. */
    void add(JobId id, long due) {
        Day day = day(id.day());
        if (day.counts.length == 0 || (id.sequence() <= day.last && isThere(id))) {
            return;
        }
        changed.add(day);
        day.last = Math.max(day.last, id.sequence());
        if (due < 0 || due >= SlotIds.DAY_MS) {
            day.counts = NONE;
        } else {
            day.counts[(int) (due / HOUR_MS)]++;
        }
    }

    /** Forgets a job whose row is about to be removed. */
    void remove(JobId id) {
        if (id.day() == 0) {
            return;
        }
        session.on("SELECT due FROM job WHERE id = ?")
                .with(id.value())
                .first(row -> row.maybe(1))
                .ifPresent(due -> {
                    Day day = day(id.day());
                    if (due.isPresent() && day.counts.length > 0) {
                        day.counts[(int) (due.getAsLong() / HOUR_MS)]--;
                        changed.add(day);
                    }
                });
    }

    /** Writes what has changed. */
    void write() {
        rows.write(List.copyOf(changed));
        changed.clear();
        if (dayByNumber.size() > KEPT_MAX) {
            dayByNumber.clear();
        }
    }

    private Day day(int number) {
        Day known = dayByNumber.get(number);
        if (known != null) {
            return known;
        }
        Day found = session.on("SELECT counts, last FROM hours WHERE day = ?")
                .with(number)
                .first(row -> new Day(number, counts(row.bytes(1)), row.number(2)))
                .orElseGet(() -> new Day(number, isEmpty(number) ? new int[HOURS] : NONE, 0));
        dayByNumber.put(number, found);
        return found;
    }

    private boolean isEmpty(int day) {
        return session.on("SELECT EXISTS (SELECT 1 FROM job WHERE id >= ? AND id < ?)")
                        .with(SlotIds.first(partition, day))
                        .with(SlotIds.end(partition, day))
                        .number(0)
                == 0;
    }

    private boolean isThere(JobId id) {
        return session.on("SELECT EXISTS (SELECT 1 FROM job WHERE id = ?)")
                        .with(id.value())
                        .number(0)
                != 0;
    }

    /** The counts of a slot by hour; empty when they are not kept. */
    static Optional<int[]> of(Reads reads, int day) {
        return reads.session()
                .on("SELECT counts FROM hours WHERE day = ?")
                .with(day)
                .first(row -> counts(row.bytes(1)))
                .filter(counts -> counts.length > 0);
    }

    private static int[] counts(byte[] bytes) {
        int[] counts = new int[bytes.length / Integer.BYTES];
        ByteBuffer.wrap(bytes).asIntBuffer().get(counts);
        return counts.length == HOURS ? counts : NONE;
    }

    private static byte[] bytes(int[] counts) {
        ByteBuffer bytes = ByteBuffer.allocate(counts.length * Integer.BYTES);
        Arrays.stream(counts).forEach(bytes::putInt);
        return bytes.array();
    }
}
