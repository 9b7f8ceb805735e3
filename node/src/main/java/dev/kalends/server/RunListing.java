package dev.kalends.server;

import dev.kalends.api.RunPage;
import dev.kalends.api.RunView;
import dev.kalends.job.JobId;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.journal.StoreReader;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.server.JobFinder.Found;
import dev.kalends.server.JobFinder.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Answers {@code GET /v1/runs}: open runs first, then those that ended, the newest first.
 *
 * <p>The cursor is {@code o}, the partition and a run id; or {@code h}, the partition and a line of history (partitions
 * come one after the other); or {@code k}, for one job, and how many of its lines were shown.
 */
final class RunListing {
    private static final int SCAN_MAX = 200_000;
    private static final int JOB_HISTORY_MAX = 10_000;
    private static final int JOB_HISTORY_PAGE = 2_000;
    private static final Set<String> PARAMETERS = Set.of("job", "state", "since", "late", "limit", "after");

    private final Services services;
    private final NodeFacts facts;
    private final JobFinder finder;

    RunListing(Services services, NodeFacts facts) {
        this.services = services;
        this.facts = facts;
        this.finder = new JobFinder(services.partitions());
    }

    private record Cursor(char part, int partition, String place) {
        static final Cursor START = new Cursor('o', 0, "");

        static Cursor parse(String text) {
            String[] parts = text.split(":", 3);
            boolean shaped = parts.length == 3
                    && parts[0].matches("[ohk]")
                    && parts[1].matches("[0-9]{1,4}")
                    && (parts[0].equals("o") || parts[2].matches("[0-9]{0,18}"));
            if (!shaped) {
                throw Field.invalid("this is no cursor of a list; after=" + Texts.excerpt(text));
            }
            return new Cursor(parts[0].charAt(0), Integer.parseInt(parts[1]), parts[2]);
        }

        String text() {
            return part + ":" + partition + ":" + place;
        }
    }

    Answer list(Request request) {
        Query query = request.query();
        query.allow(PARAMETERS);
        Scope scope = request.scope();
        int limit = (int) query.number("limit", JobListing.LIMIT_DEFAULT, 1, JobListing.LIMIT_MAX);
        Optional<String> glob = query.one("job").filter(Globs::isPattern);
        Optional<Found> job =
                glob.isPresent() ? Optional.empty() : query.one("job").map(text -> finder.find(text, scope, Use.LOOK));
        Predicate<Run> wanted = filter(query, scope, job.map(Found::id));
        if (glob.isPresent()) {
            JobNames names = new JobNames(services.partitions());
            wanted = wanted.and(run -> names.name(run.id().job())
                    .map(name -> Globs.matches(glob.get(), name))
                    .orElse(false));
        }
        Collected collected = new Collected(new ArrayList<>(), limit);
        Cursor start = query.one("after").map(Cursor::parse).orElse(Cursor.START);
        Optional<Cursor> next =
                job.isPresent() ? ofJob(job.get(), wanted, start, collected) : ofAll(wanted, start, collected);
        return Answer.ok(new RunPage(
                services.asOf(), collected.items(), next.map(Cursor::text).orElse(null)));
    }

    private record Collected(List<RunView> items, int limit) {
        int left() {
            return limit - items.size();
        }
    }

    private Predicate<Run> filter(Query query, Scope scope, Optional<JobId> job) {
        Predicate<Run> wanted = run -> scope.sees(run.route().tenant());
        if (job.isPresent()) {
            wanted = wanted.and(run -> run.id().job().equals(job.get()));
        }
        Optional<String> state = query.one("state");
        if (state.isPresent()) {
            RunState only = state(state.get());
            wanted = wanted.and(run -> run.state() == only);
        }
        long nowMs = services.clocks().nowMs();
        Optional<String> since = query.one("since");
        if (since.isPresent()) {
            long sinceMs = Moments.past("since", since.get(), nowMs);
            wanted = wanted.and(run -> lastTouchedMs(run) >= sinceMs);
        }
        Optional<String> late = query.one("late");
        if (late.isPresent()) {
            long lateMs = Field.duration("late", late.get(), 0);
            wanted = wanted.and(run -> skewMs(run, nowMs) > lateMs);
        }
        return wanted;
    }

    private static long lastTouchedMs(Run run) {
        return Math.max(
                run.times().finishedMs(),
                Math.max(run.times().firedMs(), run.times().dueMs()));
    }

    /** Skew so far: a run that has not started is as late as it is overdue. */
    private static long skewMs(Run run, long nowMs) {
        return run.skewMs()
                .orElse(run.state().isTerminal() ? 0 : nowMs - run.times().dueMs());
    }

    private static RunState state(String word) {
        for (RunState state : RunState.values()) {
            if (state.word().equals(word)) {
                return state;
            }
        }
        throw Field.invalid("a run's state is one of ready, running, retrying, succeeded, dead, cancelled, skipped,"
                + " missed; state=" + Texts.excerpt(word));
    }

    private Optional<Cursor> ofAll(Predicate<Run> wanted, Cursor start, Collected collected) {
        List<PartitionHandle> handles = services.partitions().all();
        Cursor cursor = start;
        while (cursor.partition() < handles.size()) {
            PartitionHandle handle = handles.get(cursor.partition());
            Optional<Cursor> more = cursor.part() == 'o'
                    ? open(handle, wanted, cursor, collected)
                    : history(handle, wanted, cursor, collected);
            if (more.isPresent()) {
                return more;
            }
            boolean lastOpen = cursor.part() == 'o' && cursor.partition() == handles.size() - 1;
            cursor = lastOpen ? new Cursor('h', 0, "") : new Cursor(cursor.part(), cursor.partition() + 1, "");
            if (collected.left() == 0 && cursor.partition() < handles.size()) {
                return Optional.of(cursor);
            }
        }
        return Optional.empty();
    }

    private Optional<Cursor> ofJob(Found job, Predicate<Run> wanted, Cursor start, Collected collected) {
        int partition = job.handle().partition();
        if (start.part() == 'o') {
            Views views = views(job.handle());
            Optional<RunId> after = RunId.parse(start.place());
            List<Run> open = job.handle().reader().openRuns(job.id()).stream()
                    .filter(run -> after.isEmpty() || run.id().compareTo(after.get()) > 0)
                    .filter(wanted)
                    .limit(collected.left())
                    .toList();
            open.forEach(run -> collected.items().add(views.run(run)));
            if (collected.left() == 0) {
                return Optional.of(
                        new Cursor('o', partition, open.getLast().id().toString()));
            }
        }
        return historyOfJob(job, wanted, start.part() == 'k' ? start : new Cursor('k', partition, "0"), collected);
    }

    /** The cursor counts the job's lines, newest first; as far back as {@value #JOB_HISTORY_MAX} of them. */
    private Optional<Cursor> historyOfJob(Found job, Predicate<Run> wanted, Cursor cursor, Collected collected) {
        int at = (int) Math.min(JOB_HISTORY_MAX, cursor.place().isEmpty() ? 0 : Long.parseLong(cursor.place()));
        int upTo = Math.min(JOB_HISTORY_MAX, at + JOB_HISTORY_PAGE);
        List<Run> runs = job.handle().reader().history(job.id(), Long.MAX_VALUE, upTo);
        Views views = views(job.handle());
        while (at < runs.size() && collected.left() > 0) {
            Run run = runs.get(at++);
            if (wanted.test(run)) {
                collected.items().add(views.run(run));
            }
        }
        boolean more = at < runs.size() || (runs.size() == upTo && upTo < JOB_HISTORY_MAX);
        return more ? Optional.of(new Cursor('k', cursor.partition(), Integer.toString(at))) : Optional.empty();
    }

    private Optional<Cursor> open(PartitionHandle handle, Predicate<Run> wanted, Cursor cursor, Collected collected) {
        List<Run> runs = handle.reader().openRuns(RunId.parse(cursor.place()), wanted, collected.left());
        Views views = views(handle);
        runs.forEach(run -> collected.items().add(views.run(run)));
        return collected.left() == 0 && !runs.isEmpty()
                ? Optional.of(
                        new Cursor('o', cursor.partition(), runs.getLast().id().toString()))
                : Optional.empty();
    }

    private Optional<Cursor> history(
            PartitionHandle handle, Predicate<Run> wanted, Cursor cursor, Collected collected) {
        long before = cursor.place().isEmpty() ? Long.MAX_VALUE : Long.parseLong(cursor.place());
        StoreReader.HistoryPage page = handle.reader().history(before, wanted, collected.left(), SCAN_MAX);
        Views views = views(handle);
        page.runs().forEach(run -> collected.items().add(views.run(run)));
        return page.next() < 0
                ? Optional.empty()
                : Optional.of(new Cursor('h', cursor.partition(), Long.toString(page.next())));
    }

    private Views views(PartitionHandle handle) {
        return new Views(handle, facts.name(), services.clocks().nowMs());
    }
}
