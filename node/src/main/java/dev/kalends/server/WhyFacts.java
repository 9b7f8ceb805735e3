package dev.kalends.server;

import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.Limit;
import dev.kalends.job.Pause;
import dev.kalends.job.PauseOrder;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.job.Schedule;
import dev.kalends.journal.StoreReader;
import dev.kalends.schedule.InstantText;
import dev.kalends.schedule.ScheduleFormatException;
import dev.kalends.server.JobFinder.Found;
import dev.kalends.verdict.Facts;
import dev.kalends.verdict.Neighbours;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what the store knows of one nominal instant of a job. One per question. */
final class WhyFacts {
    /** Runs of the job that are looked at for what happened beside it: the open ones and so many that ended last. */
    private static final int BESIDE_MAX = 200;
    /** Generations that are looked through for the one that ruled. */
    private static final int GENERATIONS_MAX = 1_000;

    /** Runs under a limit key that are looked for. */
    private static final int HOLDERS_MAX = 1_000;

    private static final String LATEST = "latest";

    private final Found found;
    private final StoreReader reader;
    private final long nowMs;

    WhyFacts(Found found, long nowMs) {
        this.found = found;
        this.reader = found.handle().reader();
        this.nowMs = nowMs;
    }

    /**
     * The facts about an instant.
     *
     * @param at the part after {@code @} of a run id, {@code latest}, or an instant in the schedule's zone, nominal or
     *     due; empty = the last one that there is something to tell of
     * @return empty for a job that runs only when triggered, and never did
     */
    Optional<Facts> about(Optional<String> at) {
        return at.filter(text -> !text.equals(LATEST))
                .map(this::named)
                .or(this::latest)
                .map(this::facts);
    }

    private Facts facts(RunId asked) {
        Optional<Run> run = reader.run(asked);
        JobSpec current = found.row().spec();
        JobSpec ruling = run.flatMap(kept -> reader.spec(current.id(), kept.generation()))
                .orElseGet(() -> ruling(asked.nominalMs()));
        JobSpec first = current.generation() == 1
                ? current
                : reader.spec(current.id(), 1).orElse(current);
        return new Facts(
                new Facts.Generations(first, ruling, current, found.row().state()),
                asked,
                run,
                line(asked.nominalMs()),
                beside(current.id()),
                pause(),
                run.flatMap(kept -> throttle(kept, ruling)),
                nowMs);
    }

    /** The first limit of a run that waits for a worker that others have used up. */
    private Optional<Facts.Throttle> throttle(Run run, JobSpec spec) {
        if (run.state() != RunState.READY || run.marks().held()) {
            return Optional.empty();
        }
        for (String text : spec.policy().limits()) {
            Optional<Limit> limit = Limit.parse(text);
            List<RunId> holders =
                    limit.map(found -> holders(found, spec.tenant())).orElse(List.of());
            if (limit.isPresent() && holders.size() >= limit.get().most()) {
                return Optional.of(new Facts.Throttle(limit.get(), holders));
            }
        }
        return Optional.empty();
    }

    private List<RunId> holders(Limit limit, String tenant) {
        return reader
                .openRuns(
                        Optional.empty(),
                        run -> run.state() == RunState.LEASED
                                && run.route().tenant().equals(tenant)
                                && names(run, limit.key()),
                        HOLDERS_MAX)
                .stream()
                .map(Run::id)
                .toList();
    }

    private boolean names(Run run, String key) {
        return reader.spec(run.id().job(), run.generation()).stream()
                .flatMap(spec -> spec.policy().limits().stream())
                .flatMap(text -> Limit.parse(text).stream())
                .anyMatch(limit -> limit.key().equals(key));
    }

    private Optional<LedgerLine> line(long nominalMs) {
        return reader.ledger(found.id(), nominalMs, 1).stream()
                .filter(line -> line.fromMs() <= nominalMs)
                .findFirst();
    }

    private List<Run> beside(JobId job) {
        List<Run> runs = new ArrayList<>(reader.openRuns(job));
        runs.addAll(reader.history(job, Long.MAX_VALUE, BESIDE_MAX));
        return runs;
    }

    private Optional<Pause> pause() {
        return found.row()
                .state()
                .flatMap(JobState::paused)
                .map(JobState.Paused::why)
                .or(() -> PauseViews.orders(
                                reader, Optional.of(found.row().spec().tenant()))
                        .findFirst()
                        .map(PauseOrder::pause));
    }

    /** The generation that judges an instant: the last one accepted before it; of one-offs the one that has it. */
    private JobSpec ruling(long nominalMs) {
        JobSpec current = found.row().spec();
        Optional<JobSpec> spec = Optional.of(current);
        for (int i = 0; i < GENERATIONS_MAX && spec.isPresent(); i++) {
            boolean rules = spec.get().schedule() instanceof Schedule.Once once
                    ? once.atMs() == nominalMs
                    : spec.get().acceptedMs() < nominalMs;
            if (rules) {
                return spec.get();
            }
            spec = spec.get().generation() == 1
                    ? Optional.empty()
                    : reader.spec(current.id(), spec.get().generation() - 1);
        }
        return current.schedule() instanceof Schedule.Once
                ? current
                : reader.spec(current.id(), 1).orElse(current);
    }

    private RunId named(String text) {
        Optional<RunId> run = RunId.parse(found.id(), text);
        if (run.isPresent()) {
            return run.get();
        }
        JobSpec spec = found.row().spec();
        try {
            long atMs = InstantText.parse(text, FiresAhead.zone(spec.schedule()), nowMs)
                    .ms();
            long nominalMs = atMs - spec.movedMs();
            boolean due = nominalMs >= 0
                    && !new Neighbours(ruling(atMs)).isFire(atMs)
                    && new Neighbours(ruling(nominalMs)).isFire(nominalMs);
            return RunId.scheduled(found.id(), due ? nominalMs : atMs);
        } catch (ScheduleFormatException e) {
            throw Field.named("at", e);
        }
    }

    /** An open run, else the fire that was decided last, else the one to come, else the last manual run. */
    private Optional<RunId> latest() {
        List<Run> open = reader.openRuns(found.id());
        if (!open.isEmpty()) {
            return Optional.of(open.getLast().id());
        }
        Optional<JobState> state = found.row().state();
        if (found.row().spec().schedule() instanceof Schedule.Once once) {
            return Optional.of(RunId.scheduled(found.id(), once.atMs()));
        }
        return state.filter(known -> known.lastNominalMs() >= 0)
                .map(known -> RunId.scheduled(found.id(), known.lastNominalMs()))
                .or(() -> state.flatMap(JobState::ahead).map(next -> RunId.scheduled(found.id(), next.nominalMs())))
                .or(() -> state.flatMap(JobState::lastRun));
    }
}
