package dev.kalends.sqlite;

import dev.kalends.job.JobId;
import dev.kalends.sqlite.NameLeaf.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Which job has a name: a tenant's names in order, some dozens a row.
 *
 * <p>A row holds the names from its bound up to the next row's ({@link NameLeaf}). Where no row covers a name, one
 * whose bound is empty takes it. A row that has become too long is halved; one without names goes away, and the row
 * before it covers what it covered. A row for each name would take three times the room.
 */
final class NameTable {
    /**
     * The longest row that is not halved. Among a million names in no order a name takes 10.3 bytes of the file so;
     * with 800 it takes 10.5, as longer rows leave more of a page empty.
     */
    private static final int LEAF_BYTES_MAX = 512;

    private static final byte[] FIRST = {};

    /** A name that a job of a batch gets. */
    record Given(int tenant, byte[] name, long job) {}

    private record Leaf(int tenant, byte[] bound, byte[] entries) {}

    private final Session session;
    private final RowWriter<Leaf> rows;

    NameTable(Session session) {
        this.session = session;
        this.rows = new RowWriter<>(
                session,
                "INSERT OR REPLACE INTO names (tenant, bound, entries) VALUES ",
                "(?, ?, ?)",
                "",
                (query, leaf) -> query.with(leaf.tenant()).with(leaf.bound()).with(leaf.entries()));
    }

    static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    /** The job that has a name. */
    Optional<JobId> find(int tenant, String name) {
        byte[] wanted = bytes(name);
        long job = session.on("SELECT entries FROM names WHERE tenant = ? AND bound <= ? ORDER BY bound DESC LIMIT 1")
                .with(tenant)
                .with(wanted)
                .first(row -> NameLeaf.find(row.bytes(1), wanted))
                .orElse(-1L);
        return job < 0 ? Optional.empty() : Optional.of(new JobId(job));
    }

    /** A tenant's names from one on, in order, as long as more are wanted. */
    void from(int tenant, byte[] first, Predicate<Entry> more) {
        session.on("SELECT entries FROM names WHERE tenant = ? AND bound >= ifnull((SELECT max(bound) FROM names"
                        + " WHERE tenant = ? AND bound <= ?), x'') ORDER BY bound")
                .with(tenant)
                .with(tenant)
                .with(first)
                .until(row -> NameLeaf.decode(row.bytes(1)).stream()
                        .filter(entry -> Arrays.compareUnsigned(entry.name(), first) >= 0)
                        .allMatch(more));
    }

    /** Whether there is any name. */
    boolean any() {
        return session.on("SELECT EXISTS (SELECT 1 FROM names)").number(0) != 0;
    }

    /**
     * Gives names to jobs.
     *
     * @param batch in the order of their coming: of two jobs with a name the last has it
     * @param loses is told the job that had a name which another gets
     */
    void put(List<Given> batch, Consumer<JobId> loses) {
        List<Given> sorted = new ArrayList<>(batch);
        sorted.sort(Comparator.comparingInt(Given::tenant).thenComparing(Given::name, Arrays::compareUnsigned));
        List<Leaf> changed = new ArrayList<>();
        int at = 0;
        while (at < sorted.size()) {
            Given first = sorted.get(at);
            Reach reach = reach(first.tenant(), first.name());
            int end = at + 1;
            while (end < sorted.size() && reach.covers(sorted.get(end))) {
                end++;
            }
            List<Entry> merged = new ArrayList<>();
            if (merge(reach.entries(), sorted.subList(at, end), merged, loses)) {
                halve(first.tenant(), reach.bound(), merged, changed);
            }
            at = end;
        }
        rows.write(changed);
    }

    /** What a row covers: names of a tenant from a bound up to another. */
    private record Reach(int tenant, byte[] bound, List<Entry> entries, Optional<byte[]> end) {
        boolean covers(Given given) {
            return given.tenant() == tenant
                    && end.filter(bound -> Arrays.compareUnsigned(given.name(), bound) >= 0)
                            .isEmpty();
        }
    }

    /** The row that a name belongs to. */
    private Reach reach(int tenant, byte[] name) {
        String end = "SELECT min(bound) FROM names WHERE tenant = ? AND bound > ?";
        return session.on("SELECT bound, entries, (" + end + ") FROM names WHERE tenant = ? AND bound <= ?"
                        + " ORDER BY bound DESC LIMIT 1")
                .with(tenant)
                .with(name)
                .with(tenant)
                .with(name)
                .first(row -> new Reach(tenant, row.bytes(1), NameLeaf.decode(row.bytes(2)), row.maybeBytes(3)))
                .orElseGet(() -> new Reach(
                        tenant,
                        FIRST,
                        List.of(),
                        session.on(end)
                                .with(tenant)
                                .with(name)
                                .first(row -> row.maybeBytes(1))
                                .flatMap(bound -> bound)));
    }

    /** Merges what is given into what is there; false when that changes nothing. */
    private static boolean merge(List<Entry> there, List<Given> given, List<Entry> merged, Consumer<JobId> loses) {
        boolean changes = false;
        int at = 0;
        for (Given next : given) {
            while (at < there.size() && Arrays.compareUnsigned(there.get(at).name(), next.name()) < 0) {
                merged.add(there.get(at++));
            }
            if (at < there.size() && Arrays.equals(there.get(at).name(), next.name())) {
                merged.add(there.get(at++));
            }
            boolean had = !merged.isEmpty() && Arrays.equals(merged.getLast().name(), next.name());
            if (had && merged.getLast().job() == next.job()) {
                continue;
            }
            if (had) {
                loses.accept(new JobId(merged.removeLast().job()));
            }
            merged.add(new Entry(next.name(), next.job()));
            changes = true;
        }
        merged.addAll(there.subList(at, there.size()));
        return changes;
    }

    private static void halve(int tenant, byte[] bound, List<Entry> entries, List<Leaf> into) {
        byte[] encoded = NameLeaf.encode(entries);
        if (encoded.length <= LEAF_BYTES_MAX || entries.size() == 1) {
            into.add(new Leaf(tenant, bound, encoded));
            return;
        }
        int middle = entries.size() / 2;
        byte[] left = entries.get(middle - 1).name();
        byte[] right = entries.get(middle).name();
        halve(tenant, bound, entries.subList(0, middle), into);
        halve(
                tenant,
                Arrays.copyOf(right, NameLeaf.shared(left, right) + 1),
                entries.subList(middle, entries.size()),
                into);
    }

    /** Takes a name away, if the job has it. */
    void remove(int tenant, String name, JobId job) {
        byte[] bytes = bytes(name);
        Reach reach = reach(tenant, bytes);
        List<Entry> left = reach.entries().stream()
                .filter(entry -> entry.job() != job.value() || !Arrays.equals(entry.name(), bytes))
                .toList();
        if (left.isEmpty()) {
            session.on("DELETE FROM names WHERE tenant = ? AND bound = ?")
                    .with(tenant)
                    .with(reach.bound())
                    .run();
        } else if (left.size() < reach.entries().size()) {
            rows.write(List.of(new Leaf(tenant, reach.bound(), NameLeaf.encode(left))));
        }
    }

    /** Takes over the table that versions before 5 had: a row for each name. */
    void takeOver() {
        int rowsAtOnce = 1 << 12;
        List<Given> some = new ArrayList<>();
        session.on("SELECT tenant, name, job FROM name ORDER BY tenant, name").each(row -> {
            some.add(new Given((int) row.number(1), bytes(row.text(2)), row.number(3)));
            if (some.size() == rowsAtOnce) {
                put(some, _ -> {});
                some.clear();
            }
        });
        put(some, _ -> {});
        session.execute("DROP TABLE name");
    }
}
