package dev.kalends.cli.chaos;

import dev.kalends.cli.history.Need;
import dev.kalends.cli.history.Target;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Jobs at an even rate over all partitions, submitted through all nodes in turn: recurring ones before it begins,
 * one-off ones while it goes on, of which some are cancelled again. It keeps what it is owed: a submit that was
 * acknowledged makes required targets, one in doubt optional ones.
 */
final class Load implements AutoCloseable {
    private static final long PERIOD_MS = 10_000;
    /** From the submit of a one-off job to its instant. */
    private static final long AHEAD_MS = 4_000;
    /** Jobs that are cancelled have more time: the cancel must be acknowledged well before. */
    private static final long CANCELLED_AHEAD_MS = 30_000;

    private static final int CANCELLED_EACH = 25;
    private static final long PIECE_MS = 250;
    private static final int RECURRING_PIECE = 250;
    /** An acknowledged cancel that is not longer ago than this may have met a run that was leased. */
    private static final long CANCEL_MARGIN_MS = 2_000;

    private final LoadPlan plan;
    private final Recorder recorder;
    private final List<Submitter> submitters = new ArrayList<>();
    private final List<Target> targets = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, String> jobNameById = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> pending = Collections.synchronizedList(new ArrayList<>());
    private long fromMs;

    Load(LoadPlan plan, List<URI> nodes, Recorder recorder, Tokens tokens) {
        this.plan = plan;
        this.recorder = recorder;
        for (int i = 0; i < nodes.size(); i++) {
            List<URI> rotated = new ArrayList<>(nodes);
            Collections.rotate(rotated, -i);
            submitters.add(new Submitter(rotated, tokens.source()));
        }
    }

    /** What all targets that are known by now ask for. */
    List<Target> targets() {
        synchronized (targets) {
            return List.copyOf(targets);
        }
    }

    /** The ids of the jobs that were acknowledged, with their names. */
    Map<String, String> jobNameById() {
        return Map.copyOf(jobNameById);
    }

    /** When the first run is due. */
    long fromMs() {
        return fromMs;
    }

    /** When the last run is due; the one-off jobs are submitted in the background until then. */
    long untilMs() {
        return fromMs + plan.seconds() * 1000L;
    }

    int inDoubt() {
        return submitters.stream().mapToInt(Submitter::inDoubt).sum();
    }

    /**
     * Submits the recurring jobs and begins with the others. How long that takes nobody knows before: some jobs that
     * never run are submitted first, and tell.
     */
    void start() throws Exception {
        int recurring = (int) (plan.recurringRate() * PERIOD_MS / 1000);
        long beganMs = System.currentTimeMillis();
        for (Submitter submitter : submitters) {
            submitter.submit(probes(submitters.indexOf(submitter)));
        }
        long pieceMs = (System.currentTimeMillis() - beganMs) / submitters.size();
        long rounds = 1L + recurring / RECURRING_PIECE;
        fromMs = System.currentTimeMillis() + AHEAD_MS + 2 * pieceMs * rounds;
        List<Future<?>> pieces = new ArrayList<>();
        for (int i = 0; i < recurring; i += RECURRING_PIECE) {
            int from = i;
            int to = Math.min(recurring, i + RECURRING_PIECE);
            Submitter submitter = submitters.get(i / RECURRING_PIECE % submitters.size());
            pieces.add(threads.submit(() -> send(submitter, recurring(from, to, recurring))));
        }
        for (Future<?> piece : pieces) {
            end(piece);
        }
        pending.add(threads.submit(this::oneOffs));
    }

    private List<LoadJob> probes(int number) {
        List<LoadJob> jobs = new ArrayList<>();
        for (int i = 0; i < RECURRING_PIECE; i++) {
            jobs.add(job(plan.prefix() + "-p" + number + "-" + i, "\"manual\":true", List.of(), false));
        }
        return jobs;
    }

    /** Waits until all is submitted; then nothing is added to the targets any more. */
    void await() throws Exception {
        end(pending.getFirst()); // the one that adds the others
        for (Future<?> future : List.copyOf(pending)) {
            end(future);
        }
    }

    private static void end(Future<?> future) throws InterruptedException {
        try {
            future.get();
        } catch (ExecutionException e) {
            throw new CellFailure("the load broke off: " + e.getCause());
        }
    }

    private List<LoadJob> recurring(int from, int to, int of) {
        List<LoadJob> jobs = new ArrayList<>();
        int runs = (int) (plan.seconds() * 1000L / PERIOD_MS);
        for (int i = from; i < to; i++) {
            long anchorMs = fromMs + i * PERIOD_MS / of;
            List<Long> nominals = new ArrayList<>();
            for (int k = 0; k < runs; k++) {
                nominals.add(anchorMs + k * PERIOD_MS);
            }
            String name = plan.prefix() + "-r" + i;
            String schedule = "\"every\":\"" + PERIOD_MS / 1000 + "s\",\"anchor\":\"" + Instant.ofEpochMilli(anchorMs)
                    + "\",\"maxRuns\":" + runs;
            jobs.add(job(name, schedule, nominals, isWitnessed(i)));
        }
        return jobs;
    }

    /** Every so many jobs call the recorder; a hash spreads them, so that they are no pattern of the partitions. */
    private boolean isWitnessed(int number) {
        return Math.floorMod((number * 0x9e3779b97f4a7c15L) >>> 32, 1000) < plan.witnessedShare() * 1000;
    }

    private LoadJob job(String name, String schedule, List<Long> nominals, boolean witnessed) {
        String work = witnessed
                ? "\"http\":{\"method\":\"GET\",\"url\":\"" + recorder.url(name, plan.holdMs()) + "\"}"
                : "\"noop\":true";
        String line = "{\"name\":\"" + name + "\"," + schedule + "," + work
                + ",\"maxAttempts\":50,\"backoff\":\"100ms..1s\",\"overlap\":\"allow\",\"catchUp\":\"all\"}";
        return new LoadJob(name, line, nominals, witnessed);
    }

    private Object oneOffs() throws Exception {
        double rate = plan.rate() - plan.recurringRate();
        int count = (int) (rate * plan.seconds());
        int piece = Math.max(1, (int) (rate * PIECE_MS / 1000));
        for (int i = 0; i < count; i += piece) {
            List<LoadJob> jobs = new ArrayList<>();
            for (int k = i; k < Math.min(count, i + piece); k++) {
                long nominalMs = fromMs + (long) (k * 1000 / rate);
                jobs.add(oneOff(k, nominalMs));
            }
            Waits.untilMs(fromMs + (long) (i * 1000 / rate) - AHEAD_MS);
            Submitter submitter = submitters.get(i / piece % submitters.size());
            pending.add(threads.submit(() -> send(submitter, jobs)));
        }
        return true;
    }

    private LoadJob oneOff(int number, long nominalMs) {
        boolean cancelled = number % CANCELLED_EACH == CANCELLED_EACH - 1;
        long atMs = cancelled ? nominalMs + CANCELLED_AHEAD_MS - AHEAD_MS : nominalMs;
        String name = plan.prefix() + (cancelled ? "-c" : "-o") + number;
        return job(name, "\"at\":\"" + Instant.ofEpochMilli(atMs) + "\"", List.of(atMs), isWitnessed(number));
    }

    private Object send(Submitter submitter, List<LoadJob> jobs) {
        long sentMs = System.currentTimeMillis();
        List<Submitter.Answer> answers = submitter.submit(jobs);
        long answeredMs = System.currentTimeMillis();
        for (int i = 0; i < jobs.size(); i++) {
            LoadJob job = jobs.get(i);
            Submitter.Answer answer = answers.get(i);
            answer.id().ifPresent(id -> jobNameById.put(id, job.name()));
            boolean cancel =
                    job.name().startsWith(plan.prefix() + "-c") && answer.id().isPresent();
            Need need = cancel
                    ? cancelled(submitter, answer, job)
                    : answer.id().isPresent() ? Need.REQUIRED : Need.OPTIONAL;
            for (long nominalMs : job.nominals()) {
                // A recurring job owes nothing that was due before it was acknowledged.
                boolean before = job.nominals().size() > 1 && nominalMs < answeredMs;
                if (before && nominalMs < sentMs) {
                    continue;
                }
                long deadlineMs =
                        Math.max(nominalMs, answeredMs) + plan.window().toMillis();
                targets.add(
                        new Target(job.name(), nominalMs, deadlineMs, before ? Need.OPTIONAL : need, job.witnessed()));
            }
        }
        return true;
    }

    private static Need cancelled(Submitter submitter, Submitter.Answer answer, LoadJob job) {
        boolean acknowledged = submitter.cancel(answer.id().orElseThrow());
        boolean inTime =
                System.currentTimeMillis() + CANCEL_MARGIN_MS < job.nominals().getFirst();
        return acknowledged && inTime ? Need.FORBIDDEN : Need.OPTIONAL;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
