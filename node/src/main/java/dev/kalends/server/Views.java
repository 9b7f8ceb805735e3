package dev.kalends.server;

import dev.kalends.api.AttemptView;
import dev.kalends.api.BackfillView;
import dev.kalends.api.FireView;
import dev.kalends.api.JobRequest;
import dev.kalends.api.JobView;
import dev.kalends.api.LeaseView;
import dev.kalends.api.OutputView;
import dev.kalends.api.RunView;
import dev.kalends.job.Attempt;
import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.Run;
import dev.kalends.job.RunState;
import dev.kalends.job.Schedule;
import dev.kalends.job.Work;
import dev.kalends.journal.StoreReader;
import dev.kalends.journal.StoreReader.JobRow;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.schedule.InstantText;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Shows jobs and runs of one partition as the API does. One per request: it remembers the specs that it read.
 */
final class Views {
    private static final int NEXT_FIRES = 3;
    private static final int OPEN_RUNS_SHOWN = 100;
    private static final int SPECS_MAX = 2_000;

    private record SpecKey(JobId job, int generation) {}

    private final PartitionHandle handle;
    private final StoreReader reader;
    private final String node;
    private final long nowMs;
    private final Map<SpecKey, Optional<JobSpec>> specs = new HashMap<>();

    Views(PartitionHandle handle, String node, long nowMs) {
        this.handle = handle;
        this.reader = handle.reader();
        this.node = node;
        this.nowMs = nowMs;
    }

    /** A job as in a list. */
    JobView job(JobRow row) {
        return job(row, Optional.empty());
    }

    /** A job with its open runs, its next fires and its input shape. */
    JobView jobInFull(JobRow row) {
        List<RunView> open = reader.openRuns(row.spec().id()).stream()
                .limit(OPEN_RUNS_SHOWN)
                .map(this::run)
                .toList();
        List<FireView> fires = new FiresAhead(row, nowMs).from(0, NEXT_FIRES);
        return job(row, Optional.of(new Full(open, fires, RequestViews.of(row.spec()), backfill(row))));
    }

    /** What is shown of one job only, never in lists. */
    private record Full(
            List<RunView> open,
            List<FireView> fires,
            JobRequest request,
            @Nullable BackfillView backfill) {}

    private @Nullable BackfillView backfill(JobRow row) {
        return reader.backfills().stream()
                .filter(backfill -> backfill.job().equals(row.spec().id()))
                .map(PauseViews::of)
                .findFirst()
                .orElse(null);
    }

    private JobView job(JobRow row, Optional<Full> full) {
        JobSpec spec = row.spec();
        specs.put(new SpecKey(spec.id(), spec.generation()), Optional.of(spec));
        OptionalLong due = nextDueMs(row);
        return new JobView(
                spec.id().toString(),
                spec.name().name().orElse(null),
                spec.tenant(),
                state(row),
                ScheduleViews.of(spec),
                due.isPresent() ? InstantText.format(due.getAsLong()) : null,
                spec.work().kind(),
                spec.work() instanceof Work.Command command ? command.argv() : null,
                spec.work() instanceof Work.Http http ? http.url() : null,
                spec.policy().queue(),
                word(spec.policy().priority()),
                spec.policy().retry().maxAttempts(),
                spec.policy().timeoutMs().orElse(null),
                word(spec.policy().overlap()),
                word(spec.policy().catchUp()),
                new TreeMap<>(spec.labels()),
                spec.generation(),
                revision(row),
                InstantText.format(spec.acceptedMs()),
                row.state()
                        .flatMap(JobState::lastRun)
                        .flatMap(reader::run)
                        .map(this::run)
                        .orElse(null),
                full.map(Full::open).orElse(null),
                full.map(shown -> shown.fires().stream().map(FireView::at).toList())
                        .orElse(null),
                full.map(Full::request).orElse(null),
                spec.window().fromMs().map(InstantText::format).orElse(null),
                spec.window().untilMs().map(InstantText::format).orElse(null),
                spec.window().maxRuns().orElse(null),
                spec.window().splayMs(),
                row.state().map(JobState::fired).orElse(0),
                full.map(Full::fires).orElse(null),
                row.state().flatMap(JobState::paused).map(PauseViews::of).orElse(null),
                full.map(Full::backfill).orElse(null));
    }

    /** What {@code ETag} shows; a job whose state was never written is at its first revision. */
    static long revision(JobRow row) {
        return row.state().map(JobState::revision).orElse(1L);
    }

    /** When a job is due next; empty when nothing of it is to come by itself. */
    static OptionalLong nextDueMs(JobRow row) {
        if (row.state().isPresent()) {
            return row.state()
                    .get()
                    .next()
                    .map(next -> OptionalLong.of(next.dueMs()))
                    .orElse(OptionalLong.empty());
        }
        return row.spec().schedule() instanceof Schedule.Once once && !row.open()
                ? OptionalLong.of(row.spec().dueMs(once.atMs()))
                : OptionalLong.empty();
    }

    /** The word for where a job stands: scheduled, active, paused, finished or cancelled. */
    static String state(JobRow row) {
        String ahead = nextDueMs(row).isPresent() ? "scheduled" : "active";
        return row.state()
                .map(state -> switch (state.phase()) {
                    case SCHEDULED -> ahead;
                    case PAUSED -> "paused";
                    case FINISHED -> "finished";
                    case CANCELLED -> "cancelled";
                })
                .orElse(ahead);
    }

    /** A run as in a list. */
    RunView run(Run run) {
        return run(run, null, null);
    }

    /** A run with its attempts and the output of the last one. */
    RunView runInFull(Run run, Optional<OutputView> output) {
        return run(run, run.attempts().stream().map(Views::attempt).toList(), output.orElse(null));
    }

    private RunView run(Run run, @Nullable List<AttemptView> attempts, @Nullable OutputView output) {
        Optional<JobSpec> spec = spec(run.id().job(), run.generation());
        Optional<Attempt> last = run.attempts().isEmpty()
                ? Optional.empty()
                : Optional.of(run.attempts().getLast());
        boolean failing = run.state() == RunState.RETRYING || run.state() == RunState.DEAD;
        return new RunView(
                run.id().toString(),
                run.id().job().toString(),
                spec.flatMap(found -> found.name().name()).orElse(null),
                run.route().tenant(),
                word(run.id().kind()),
                run.state().word(),
                InstantText.format(run.id().nominalMs()),
                InstantText.format(run.times().dueMs()),
                instant(run.times().firedMs()),
                instant(run.times().startedMs()),
                instant(run.times().finishedMs()),
                run.skewMs().orElse(null),
                run.attempt(),
                spec.map(found -> found.policy().retry().maxAttempts()).orElse(run.attempt()),
                run.lease().isPresent() ? null : last.flatMap(Attempt::exitCode).orElse(null),
                failing ? last.flatMap(Attempt::error).or(run::reason).orElse(null) : null,
                run.reason().orElse(null),
                run.state() == RunState.RETRYING ? instant(run.wakeMs()) : null,
                run.lease()
                        .map(lease -> lease.worker())
                        .or(() -> last.map(Attempt::worker))
                        .orElse(null),
                node,
                lease(run),
                attempts,
                output,
                run.series());
    }

    private @Nullable LeaseView lease(Run run) {
        if (run.lease().isEmpty()) {
            return null;
        }
        long token = run.lease().get().token();
        OptionalLong leftMs = handle.leaseLeftMs(token);
        return new LeaseView(
                token,
                handle.status().epoch(),
                leftMs.isPresent() ? InstantText.format(Math.max(0, nowMs + leftMs.getAsLong())) : null,
                leftMs.isPresent() ? leftMs.getAsLong() : null,
                run.lease().get().released() ? true : null);
    }

    private static AttemptView attempt(Attempt attempt) {
        return new AttemptView(
                attempt.number(),
                attempt.token(),
                attempt.worker(),
                InstantText.format(attempt.startedMs()),
                InstantText.format(attempt.finishedMs()),
                word(attempt.end()),
                attempt.exitCode().orElse(null),
                attempt.error().orElse(null));
    }

    private Optional<JobSpec> spec(JobId job, int generation) {
        if (specs.size() > SPECS_MAX) {
            specs.clear();
        }
        return specs.computeIfAbsent(new SpecKey(job, generation), key -> reader.spec(key.job(), key.generation()));
    }

    private static @Nullable String instant(long ms) {
        return ms < 0 ? null : InstantText.format(ms);
    }

    /** An enum's word as users see it. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
