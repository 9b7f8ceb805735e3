package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.RedriveView;
import dev.kalends.job.Hash;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.server.DeadSelection.Letters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One redrive that tries before it trusts: one run, when that has succeeded ten, when those have ended and none died,
 * all the others at their pace. The first that dies again ends it, in every phase; what is not reopened then stays
 * dead.
 *
 * <p>A canary that is cancelled proves nothing, and another takes its turn. Runs one loop on the thread that calls
 * {@link #run}; {@link #view} is for any thread.
 */
final class CanaryRedrive {
    private static final int TEN = 10;
    /** How long it waits for canaries to end, and for open runs that hold others back, without anything happening. */
    private static final long PATIENCE_MS = 24 * 3_600_000L;
    /** How often canaries are looked at. */
    private static final long LOOK_MS = 250;
    /** How many runs under way are looked at each time, in turn. */
    private static final int LOOKS_MAX = 100;
    /** A step that no leader answered is tried again with the same request id. */
    private static final long RETRY_MS = 2_000;

    private final Services services;
    private final Reopening reopening;
    private final String requestId;
    private final String id;
    private final double ratePerSec;
    private final long count;
    private final Deque<RunId> waiting = new ArrayDeque<>();
    /** Runs under way, with the series that died. */
    private final Map<RunId, Integer> seriesByRun = new LinkedHashMap<>();

    private final Map<RunId, Integer> diedInSeries = new LinkedHashMap<>();
    private Phase phase = Phase.FIRST;
    private int inPhase;
    private int succeededInPhase;
    private long reopened;
    private long succeeded;
    private long died;
    private int step;
    private volatile RedriveView view;

    private enum Phase {
        FIRST(1),
        TEN(CanaryRedrive.TEN),
        ALL(Integer.MAX_VALUE);

        private final int most;

        Phase(int most) {
            this.most = most;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    CanaryRedrive(Services services, Reopening reopening, String requestId, double ratePerSec, List<Letters> letters) {
        this.services = services;
        this.reopening = reopening;
        this.requestId = requestId;
        this.id = String.format(Locale.ROOT, "%016x", Hash.of("canary", requestId));
        this.ratePerSec = ratePerSec;
        letters.stream()
                .flatMap(part -> part.letters().stream())
                .map(letter -> letter.run())
                .sorted(Comparator.comparing(Run::id))
                .forEach(run -> {
                    waiting.add(run.id());
                    diedInSeries.put(run.id(), run.series());
                });
        this.count = waiting.size();
        this.view = shown("running", null, null);
    }

    String id() {
        return id;
    }

    /** How it goes. */
    RedriveView view() {
        return view;
    }

    /** Until all are reopened, one died again, or nothing happened for long. */
    void run(NodeLog log) throws InterruptedException {
        try {
            go();
        } catch (RuntimeException e) {
            stop(null, "it ended early; reason=" + e.getMessage());
            throw e;
        } finally {
            RedriveView last = view;
            if (last.state().equals("stopped")) {
                log.warn("a redrive with a canary stopped, what is left stays dead; " + last.reason() + " left="
                        + last.left());
            }
        }
    }

    private void go() throws InterruptedException {
        long happenedNs = nowNs();
        long dueNs = happenedNs;
        while (true) {
            boolean ended = look();
            if (died > 0) {
                return;
            }
            boolean phaseOver = seriesByRun.isEmpty() && (waiting.isEmpty() || inPhase >= phase.most);
            if ((phase == Phase.ALL && waiting.isEmpty()) || (phaseOver && waiting.isEmpty())) {
                view = shown("done", null, null);
                return;
            }
            if (phaseOver) {
                turn();
                continue;
            }
            long beforeNs = nowNs();
            boolean some = false;
            if (inPhase < phase.most && !waiting.isEmpty() && beforeNs - dueNs >= 0) {
                int chunk = chunk();
                some = reopen(chunk);
                dueNs = nowNs() + (some ? (long) (chunk / ratePerSec * TimeUnit.SECONDS.toNanos(1)) : ns(LOOK_MS * 4));
            }
            happenedNs = ended || some ? beforeNs : happenedNs;
            if (beforeNs - happenedNs > ns(PATIENCE_MS)) {
                stop(null, "nothing ended for long; waitedMs=" + PATIENCE_MS);
                return;
            }
            view = shown("running", null, null);
            long paceNs = phase == Phase.ALL ? Math.max(0, dueNs - nowNs()) : ns(LOOK_MS);
            services.pause().pauseNs(Math.clamp(paceNs, 1_000_000, ns(LOOK_MS)));
        }
    }

    /** The next phase, if what this one tried has succeeded; what was cancelled is tried with others. */
    private void turn() {
        if (succeededInPhase > 0) {
            phase = Phase.values()[Math.min(phase.ordinal() + 1, Phase.ALL.ordinal())];
        }
        inPhase = 0;
        succeededInPhase = 0;
        view = shown("running", null, null);
    }

    /** One run at a time while they are tried; then as many as keep the pace. */
    private int chunk() {
        return phase == Phase.ALL ? Math.max(1, (int) (ratePerSec / RedrivePacer.STEPS_A_SECOND)) : 1;
    }

    private boolean reopen(int chunk) throws InterruptedException {
        List<RunId> runs = new ArrayList<>();
        while (runs.size() < chunk && !waiting.isEmpty()) {
            runs.add(waiting.removeFirst());
        }
        Reopening.Outcome outcome = answered(runs);
        waiting.addAll(outcome.blocked());
        outcome.reopened().forEach(run -> seriesByRun.put(run, diedInSeries.getOrDefault(run, 0)));
        inPhase += outcome.reopened().size();
        reopened += outcome.reopened().size();
        return outcome.blocked().size() < runs.size();
    }

    /** Asks until there is a leader that answers: a takeover is no reason to leave half of the letters dead. */
    private Reopening.Outcome answered(List<RunId> runs) throws InterruptedException {
        String stepId = requestId + ".c" + step++;
        long untilNs = nowNs() + ns(RedrivePacer.BLOCKED_PATIENCE_MS);
        while (true) {
            try {
                return reopening.reopen(stepId, runs);
            } catch (ApiException e) {
                if (e.code() != ErrorCode.UNAVAILABLE || nowNs() - untilNs > 0) {
                    throw e;
                }
                services.pause().pauseNs(ns(RETRY_MS));
            }
        }
    }

    /** Takes note of what has ended; the answer is whether anything has. */
    private boolean look() {
        boolean ended = false;
        List<RunId> open = new ArrayList<>();
        Iterator<Map.Entry<RunId, Integer>> entries = seriesByRun.entrySet().iterator();
        List<RunId> looked = new ArrayList<>();
        while (entries.hasNext() && looked.size() < LOOKS_MAX) {
            looked.add(entries.next().getKey());
        }
        for (RunId run : looked) {
            Optional<Run> now = over(run, seriesByRun.getOrDefault(run, 0));
            if (now.isEmpty()) {
                open.add(run);
                continue;
            }
            ended = true;
            seriesByRun.remove(run);
            count(now.get());
        }
        // The next look begins with others.
        open.forEach(run -> {
            Integer series = seriesByRun.remove(run);
            seriesByRun.put(run, series == null ? 0 : series);
        });
        return ended;
    }

    private Optional<Run> over(RunId run, int diedIn) {
        return services.partitions()
                .of(run.job())
                .flatMap(handle -> handle.reader().run(run))
                .filter(now -> now.series() > diedIn && now.state().isTerminal());
    }

    private void count(Run now) {
        if (now.state() == RunState.SUCCEEDED) {
            succeeded++;
            succeededInPhase++;
        } else if (now.state() == RunState.DEAD) {
            died++;
            stop(now.id(), "a run died again: " + now.reason().orElse("failed"));
        }
    }

    private void stop(@Nullable RunId run, String why) {
        if (view.state().equals("running")) {
            view = shown("stopped", run, why);
        }
    }

    private RedriveView shown(String state, @Nullable RunId run, @Nullable String why) {
        return new RedriveView(
                id,
                state,
                phase.word(),
                count,
                reopened,
                succeeded,
                died,
                waiting.size(),
                run == null ? null : run.toString(),
                why);
    }

    private long nowNs() {
        return services.clocks().monotonic().nowNs();
    }

    private static long ns(long ms) {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }
}
