package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.job.Attempt;
import dev.kalends.job.AttemptEnd;
import dev.kalends.job.Backfill;
import dev.kalends.job.JobId;
import dev.kalends.job.JobPhase;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.PauseOrder;
import dev.kalends.job.Run;
import dev.kalends.journal.StoreReader;
import dev.kalends.journal.StoreReader.JobRow;
import dev.kalends.rehearsal.Scenario;
import dev.kalends.rehearsal.Subject;
import dev.kalends.runtime.PartitionHandle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads the jobs of a rehearsal as they stand: specs, state, open runs, and how long they took last. */
final class SubjectReader {
    private static final int SCAN_MAX = 1_000_000;
    private static final int PAGE = 1_000;
    /** A fire that is overdue by more was late before anybody looked. */
    private static final long JUST_DUE_MS = 10_000;

    private final Partitions partitions;
    private final Scope scope;
    private final Predicate<JobRow> labelled;
    private final Map<JobId, Subject> subjectById = new LinkedHashMap<>();

    SubjectReader(Partitions partitions, Scope scope, List<String> labels) {
        this.partitions = partitions;
        this.scope = scope;
        Predicate<JobRow> all = row -> true;
        for (String label : labels) {
            all = all.and(JobListing.label(label));
        }
        this.labelled = all;
    }

    /** Jobs with something ahead before an instant. */
    List<Subject> all(long endMs) {
        scan(row -> ahead(row, endMs));
        return List.copyOf(subjectById.values());
    }

    /** Jobs by name or id, whatever they have ahead, and by pattern. */
    List<Subject> named(List<String> texts, long endMs) {
        JobFinder finder = new JobFinder(partitions);
        for (String text : texts) {
            if (Globs.isPattern(text)) {
                scan(row -> ahead(row, endMs)
                        && row.spec()
                                .name()
                                .name()
                                .filter(name -> Globs.matches(text, name))
                                .isPresent());
            } else {
                JobFinder.Found found = finder.find(text, scope, JobFinder.Use.LOOK);
                if (labelled.test(found.row())) {
                    add(found.handle(), found.id());
                }
            }
        }
        return List.copyOf(subjectById.values());
    }

    private void scan(Predicate<JobRow> wanted) {
        Predicate<JobRow> visible = row -> scope.sees(row.spec().tenant());
        int scanned = 0;
        for (PartitionHandle handle : partitions.all()) {
            Optional<JobId> after = Optional.empty();
            do {
                if (scanned >= SCAN_MAX) {
                    throw tooMany();
                }
                StoreReader.JobPage page =
                        handle.reader().jobs(after, visible.and(labelled).and(wanted), PAGE, PAGE * 10);
                page.rows().forEach(row -> add(handle, row.spec().id()));
                after = page.next();
                scanned += PAGE * 10;
            } while (after.isPresent());
        }
    }

    static ApiException tooMany() {
        return new ApiException(
                ErrorCode.INVALID,
                "a simulation takes at most " + Scenario.JOBS_MAX + " jobs, chosen from at most " + SCAN_MAX
                        + "; jobs=more",
                "name some: kalends simulate 'billing/*' …, or choose by label with -l");
    }

    private static boolean ahead(JobRow row, long endMs) {
        OptionalLong dueMs = Views.nextDueMs(row);
        boolean paused =
                row.state().filter(state -> state.phase() == JobPhase.PAUSED).isPresent();
        return row.open() || paused || (dueMs.isPresent() && dueMs.getAsLong() < endMs);
    }

    /** The runs are read before the state: what fires between the two is then a run less, never a run twice. */
    private void add(PartitionHandle handle, JobId id) {
        StoreReader reader = handle.reader();
        List<Run> open = reader.openRuns(id);
        Optional<JobRow> row = reader.job(id);
        if (row.isEmpty()) {
            return;
        }
        if (subjectById.size() == Scenario.JOBS_MAX && !subjectById.containsKey(id)) {
            throw tooMany();
        }
        JobSpec current = row.get().spec();
        List<JobSpec> specs = new ArrayList<>();
        TreeSet<Integer> older = new TreeSet<>();
        open.forEach(run -> older.add(run.generation()));
        backfills(reader, id).forEach(backfill -> older.add(backfill.generation()));
        older.remove(current.generation());
        older.forEach(generation -> reader.spec(id, generation).ifPresent(specs::add));
        specs.add(current);
        Optional<Long> takesMs = row.get()
                .state()
                .flatMap(JobState::lastRun)
                .flatMap(reader::run)
                .flatMap(SubjectReader::tookMs);
        subjectById.put(id, new Subject(specs, row.get().state(), open, takesMs, Subject.Ending.SUCCEEDS));
    }

    private static Optional<Long> tookMs(Run run) {
        return run.attempts().stream()
                .filter(attempt -> attempt.end() == AttemptEnd.SUCCEEDED && attempt.startedMs() >= 0)
                .reduce((_, last) -> last)
                .map(SubjectReader::tookMs);
    }

    private static long tookMs(Attempt attempt) {
        return Math.max(0, attempt.finishedMs() - attempt.startedMs());
    }

    private static Stream<Backfill> backfills(StoreReader reader, JobId id) {
        return reader.backfills().stream().filter(backfill -> backfill.job().equals(id));
    }

    /** The pauses over those jobs, and their backfills. */
    Scenario.Orders orders(List<Subject> subjects) {
        Map<Optional<String>, PauseOrder> pauseByTenant = new LinkedHashMap<>();
        List<Backfill> backfills = new ArrayList<>();
        TreeSet<JobId> ids = new TreeSet<>();
        subjects.forEach(job -> ids.add(job.spec().id()));
        for (PartitionHandle handle : partitions.all()) {
            handle.reader().pauses().forEach(order -> pauseByTenant.put(order.tenant(), order));
            handle.reader().backfills().stream()
                    .filter(backfill -> ids.contains(backfill.job()))
                    .forEach(backfills::add);
        }
        return new Scenario.Orders(List.copyOf(pauseByTenant.values()), backfills);
    }

    /** When the first of some jobs was due, if that has only just passed; else now. */
    static long earliestDueMs(List<Subject> subjects, long nowMs) {
        return subjects.stream()
                .flatMap(job -> job.state().flatMap(JobState::next).stream())
                .mapToLong(JobState.NextFire::dueMs)
                .filter(dueMs -> dueMs > nowMs - JUST_DUE_MS)
                .min()
                .orElse(nowMs);
    }
}
