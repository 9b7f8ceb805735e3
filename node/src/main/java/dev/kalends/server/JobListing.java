package dev.kalends.server;

import dev.kalends.api.JobPage;
import dev.kalends.api.JobView;
import dev.kalends.job.JobId;
import dev.kalends.journal.StoreReader;
import dev.kalends.journal.StoreReader.JobRow;
import dev.kalends.runtime.PartitionHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Answers {@code GET /v1/jobs}: in name order when a name pattern begins with a text, else in id order.
 *
 * <p>One call looks at a bounded number of jobs; when that was not enough, the page is short and {@code next} goes on.
 */
final class JobListing {
    static final int LIMIT_DEFAULT = 100;
    static final int LIMIT_MAX = 1_000;
    private static final int SCAN_MAX = 200_000;
    private static final int NAME_PAGE = 500;
    private static final String BY_NAME = "n";
    private static final String BY_ID = "i";
    private static final Set<String> PARAMETERS =
            Set.of("name", "state", "label", "dueBefore", "limit", "after", "queue");
    private static final Set<String> STATES =
            Set.of("scheduled", "waiting", "paused", "active", "finished", "cancelled");

    private final Services services;
    private final NodeFacts facts;

    JobListing(Services services, NodeFacts facts) {
        this.services = services;
        this.facts = facts;
    }

    private record Page(List<JobView> items, Optional<String> next) {}

    Answer list(Request request) {
        Query query = request.query();
        query.allow(PARAMETERS);
        Scope scope = request.scope();
        int limit = (int) query.number("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
        String glob = query.one("name").orElse("*");
        Predicate<JobRow> wanted = filter(query, scope, glob);
        Optional<String> after = query.one("after");
        String prefix = Globs.prefix(glob);
        boolean byName = after.map(text -> text.startsWith(BY_NAME)).orElse(!prefix.isEmpty())
                && scope.tenant().isPresent();
        Page page = byName
                ? byName(scope, prefix, wanted, new Place(after.map(text -> text.substring(1)), limit))
                : byId(wanted, new Place(after, limit));
        return Answer.ok(new JobPage(services.asOf(), page.items(), page.next().orElse(null)));
    }

    private record Place(Optional<String> after, int limit) {}

    private Predicate<JobRow> filter(Query query, Scope scope, String glob) {
        Predicate<JobRow> wanted = row -> scope.sees(row.spec().tenant());
        if (!glob.equals("*")) {
            wanted = wanted.and(row -> row.spec()
                    .name()
                    .name()
                    .map(name -> Globs.matches(glob, name))
                    .orElse(false));
        }
        Optional<String> state = query.one("state");
        if (state.isPresent()) {
            if (!STATES.contains(state.get())) {
                throw Field.invalid("a job's state is one of " + String.join(", ", new java.util.TreeSet<>(STATES))
                        + "; state=" + Texts.excerpt(state.get()));
            }
            wanted = wanted.and(row -> Views.state(row).equals(state.get()));
        }
        Optional<String> queue = query.one("queue");
        if (queue.isPresent()) {
            wanted = wanted.and(row -> row.spec().policy().queue().equals(queue.get()));
        }
        for (String label : query.all("label")) {
            wanted = wanted.and(label(label));
        }
        Optional<String> dueBefore = query.one("dueBefore");
        if (dueBefore.isPresent()) {
            long beforeMs = Moments.future(
                    "dueBefore", dueBefore.get(), services.clocks().nowMs());
            wanted = wanted.and(row -> {
                OptionalLong dueMs = Views.nextDueMs(row);
                return dueMs.isPresent() && dueMs.getAsLong() < beforeMs;
            });
        }
        return wanted;
    }

    /** Jobs that carry a label, {@code KEY=VALUE}. */
    static Predicate<JobRow> label(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw Field.invalid("a label is KEY=VALUE; label=" + Texts.excerpt(text));
        }
        String key = text.substring(0, equals);
        String value = text.substring(equals + 1);
        return row -> value.equals(row.spec().labels().get(key));
    }

    /** Names are spread over the partitions by their hash: each gives a page, and the pages are merged by name. */
    private Page byName(Scope scope, String prefix, Predicate<JobRow> wanted, Place place) {
        String tenant = scope.one();
        List<NamedRows> sources = new ArrayList<>();
        for (PartitionHandle handle : services.partitions().all()) {
            sources.add(new NamedRows(handle, tenant, prefix, place.after().orElse("")));
        }
        List<JobView> items = new ArrayList<>();
        for (int seen = 0; seen < SCAN_MAX && items.size() < place.limit(); seen++) {
            Optional<NamedRows> first = sources.stream()
                    .filter(source -> source.head().isPresent())
                    .min(java.util.Comparator.comparing(NamedRows::headName));
            if (first.isEmpty()) {
                return new Page(items, Optional.empty());
            }
            JobRow row = first.get().take();
            place = new Place(row.spec().name().name(), place.limit());
            if (wanted.test(row)) {
                items.add(views(first.get().handle()).job(row));
            }
        }
        return new Page(items, place.after().map(name -> BY_NAME + name));
    }

    /** One partition's jobs in name order, read page by page. */
    private static final class NamedRows {
        private final PartitionHandle handle;
        private final String tenant;
        private final String prefix;
        private List<JobRow> rows;
        private int at;

        NamedRows(PartitionHandle handle, String tenant, String prefix, String after) {
            this.handle = handle;
            this.tenant = tenant;
            this.prefix = prefix;
            this.rows = handle.reader().jobsNamed(tenant, prefix, after, NAME_PAGE);
        }

        PartitionHandle handle() {
            return handle;
        }

        Optional<JobRow> head() {
            if (at == rows.size() && rows.size() == NAME_PAGE) {
                rows = handle.reader()
                        .jobsNamed(tenant, prefix, rows.getLast().spec().display(), NAME_PAGE);
                at = 0;
            }
            return at < rows.size() ? Optional.of(rows.get(at)) : Optional.empty();
        }

        String headName() {
            return head().map(row -> row.spec().display()).orElse("");
        }

        JobRow take() {
            return rows.get(at++);
        }
    }

    /** Ids begin with the partition's number, so the partitions one after the other are in id order. */
    private Page byId(Predicate<JobRow> wanted, Place place) {
        Optional<JobId> after = place.after().map(JobListing::cursor);
        int partition = after.map(JobId::partition).orElse(0);
        List<JobView> items = new ArrayList<>();
        for (int scanned = 0; partition < services.partitions().all().size(); ) {
            PartitionHandle handle = services.partitions().all().get(partition);
            int left = place.limit() - items.size();
            StoreReader.JobPage page = handle.reader().jobs(after, wanted, left, SCAN_MAX - scanned);
            Views views = views(handle);
            page.rows().forEach(row -> items.add(views.job(row)));
            if (page.next().isPresent()) {
                return new Page(items, page.next().map(id -> BY_ID + id));
            }
            partition++;
            after = Optional.empty();
            scanned++;
            if (items.size() >= place.limit()
                    && partition < services.partitions().all().size()) {
                return new Page(
                        items,
                        page.rows().isEmpty()
                                ? Optional.empty()
                                : Optional.of(
                                        BY_ID + page.rows().getLast().spec().id()));
            }
        }
        return new Page(items, Optional.empty());
    }

    private static JobId cursor(String text) {
        return Optional.of(text)
                .filter(cursor -> cursor.startsWith(BY_ID))
                .flatMap(cursor -> JobId.parse(cursor.substring(1)))
                .orElseThrow(() -> Field.invalid("this is no cursor of a list; after=" + Texts.excerpt(text)));
    }

    private Views views(PartitionHandle handle) {
        return new Views(handle, facts.name(), services.clocks().nowMs());
    }
}
