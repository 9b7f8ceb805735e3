package dev.kalends.move;

import dev.kalends.job.DeadLetter;
import dev.kalends.job.JobId;
import dev.kalends.job.JobState;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunKind;
import dev.kalends.job.Schedule;
import dev.kalends.journal.Counts;
import dev.kalends.journal.StoreReader;
import dev.kalends.journal.StoreReader.JobPage;
import dev.kalends.journal.StoreReader.JobRow;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Counts a partition's jobs, runs and dead letters one by one, as its counters would have counted them. */
final class Count {
    private static final int PAGE = 1_000;

    private final StoreReader reader;
    private final TreeMap<String, Tally> tallyByTenant = new TreeMap<>();

    private static final class Tally {
        private long scheduled;
        private long paused;
        private long finished;
        private long cancelled;
        private long ready;
        private long running;
        private long retrying;
        private long dead;
        private long oneOffsDecided;

        Counts of(String tenant) {
            return new Counts(
                    tenant, scheduled, paused, finished, cancelled, ready, running, retrying, dead, oneOffsDecided);
        }
    }

    private Count(StoreReader reader) {
        this.reader = reader;
    }

    static List<Counts> of(StoreReader reader) {
        Count count = new Count(reader);
        count.jobs();
        count.dead();
        return count.tallyByTenant.entrySet().stream()
                .map(entry -> entry.getValue().of(entry.getKey()))
                .toList();
    }

    private Tally tally(String tenant) {
        return tallyByTenant.computeIfAbsent(tenant, _ -> new Tally());
    }

    private void jobs() {
        Optional<JobId> after = Optional.empty();
        do {
            JobPage page = reader.jobs(after, _ -> true, PAGE, PAGE);
            page.rows().forEach(this::job);
            after = page.next();
        } while (after.isPresent());
    }

    private void job(JobRow row) {
        List<Run> open = row.open() ? reader.openRuns(row.spec().id()) : List.of();
        boolean once = row.spec().schedule() instanceof Schedule.Once;
        boolean fired = once && open.stream().anyMatch(run -> run.id().kind() == RunKind.SCHEDULED);
        Tally tally = tally(row.spec().tenant());
        boolean decided = fired
                || (once
                        && row.state()
                                .filter(state -> state.lastNominalMs() >= 0)
                                .isPresent());
        tally.oneOffsDecided += decided ? 1 : 0;
        if (row.state().isPresent()) {
            phase(tally, row.state().get(), row.spec().schedule());
        } else if (!fired) {
            tally.scheduled++;
        }
        open.forEach(this::run);
    }

    private static void phase(Tally tally, JobState state, Schedule schedule) {
        switch (state.phase()) {
            case SCHEDULED -> {
                boolean waits = state.next().isPresent() || schedule instanceof Schedule.Manual;
                tally.scheduled += waits ? 1 : 0;
            }
            case PAUSED -> tally.paused++;
            case FINISHED -> tally.finished++;
            case CANCELLED -> tally.cancelled++;
        }
    }

    private void run(Run run) {
        Tally tally = tally(run.route().tenant());
        switch (run.state()) {
            case READY -> tally.ready++;
            case LEASED -> tally.running++;
            case RETRYING -> tally.retrying++;
            case SUCCEEDED, DEAD, CANCELLED, SKIPPED, MISSED ->
                throw new IllegalStateException("an open run has ended; state=" + run.state() + " run=" + run.id());
        }
    }

    private void dead() {
        Optional<RunId> after = Optional.empty();
        do {
            List<DeadLetter> page = reader.dead(after, _ -> true, PAGE);
            page.forEach(letter -> tally(letter.run().route().tenant()).dead++);
            after = page.size() < PAGE
                    ? Optional.empty()
                    : Optional.of(page.getLast().run().id());
        } while (after.isPresent());
    }
}
