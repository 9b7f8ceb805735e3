package dev.kalends.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Runs one peer and measures it on command: a line in, a line out. The harness of the peers in JavaScript does the same
 * with the same words.
 *
 * <p>{@code singles N}: microseconds of each. {@code bulk N}: seconds. {@code herd N LIMIT}: skews in microseconds, as
 * {@code steady RATE WARM SECONDS LIMIT}. {@code stream RATE SECONDS WAITING}: submits and goes on. {@code first}: the
 * wall clock's millisecond of this process's first start. {@code heap}: bytes in use.
 */
final class PeerMain {
    private static final long DAY_MS = 86_400_000;
    private static final long SEED = 20_260_308;
    private static final long LEAD_MS = 3_000;
    private static final int WARMUP_MAX = 20_000;
    private static final int HERD_WARMUPS = 3;
    private static final int SINGLES_WARMUP_TIMES = 4;
    private static final int SAMPLE = 1_000;
    private static final long FIRST_LIMIT_S = 120;

    private final Peer peer;
    private final Starts starts;
    private final SplittableRandom random = new SplittableRandom(SEED);

    private PeerMain(Peer peer, Starts starts) {
        this.peer = peer;
        this.starts = starts;
    }

    /** Arguments: the peer, the database. */
    public static void main(String[] arguments) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err); // what a library prints is no answer
        Starts starts = new Starts();
        Peer peer = open(arguments[0], arguments[1], starts);
        answers.println("ok");
        answers.flush();
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PeerMain main = new PeerMain(peer, starts);
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            answers.println(main.answer(line.split(" ")));
            answers.flush();
        }
        Runtime.getRuntime().halt(0); // nobody asks any more; what still waits goes with the database
    }

    private static Peer open(String name, String database, Starts starts) throws Exception {
        return switch (name) {
            case "db-scheduler" -> new DbSchedulerPeer(database, starts);
            case "quartz" -> QuartzPeer.clustered(database, starts);
            case "quartz-ram" -> QuartzPeer.inMemory(starts);
            case "jobrunr" -> new JobRunrPeer(database, starts);
            default -> throw new IllegalArgumentException("no such peer; name=" + name);
        };
    }

    private String answer(String[] words) {
        try {
            return switch (words[0]) {
                case "singles" -> ok(singles(number(words, 1)));
                case "bulk" -> "ok " + bulk(number(words, 1));
                case "herd" -> ok(herd(number(words, 1), number(words, 2)));
                case "steady" -> ok(steady(number(words, 1), number(words, 2), number(words, 3), number(words, 4)));
                case "stream" -> stream(number(words, 1), number(words, 2), number(words, 3));
                case "first" -> "ok " + starts.first(FIRST_LIMIT_S);
                case "heap" -> "ok " + heap();
                default -> "error no such command; command=" + words[0];
            };
        } catch (Exception e) {
            e.printStackTrace();
            return "error " + String.valueOf(e).replaceAll("\\s+", " ");
        }
    }

    private static int number(String[] words, int index) {
        return Integer.parseInt(words[index]);
    }

    private static String ok(long[] values) {
        return "ok " + Arrays.stream(values).mapToObj(Long::toString).collect(Collectors.joining(" "));
    }

    private long[] singles(int count) throws Exception {
        for (int i = 0; i < SINGLES_WARMUP_TIMES * count; i++) {
            peer.submit(waitingMs());
        }
        long[] micros = new long[count];
        for (int i = 0; i < count; i++) {
            long dueMs = waitingMs();
            long startedNs = System.nanoTime();
            peer.submit(dueMs);
            micros[i] = (System.nanoTime() - startedNs) / 1_000;
        }
        return micros;
    }

    private double bulk(int count) throws Exception {
        peer.submitAll(dues(count, this::waitingMs));
        long[] due = dues(count, this::waitingMs);
        long startedNs = System.nanoTime();
        peer.submitAll(due);
        return (System.nanoTime() - startedNs) / 1e9;
    }

    private long[] herd(int count, int limitSeconds) throws Exception {
        int warmup = Math.min(count, WARMUP_MAX);
        for (int i = 0; i < HERD_WARMUPS; i++) {
            long[] warm = release(warmup, limitSeconds);
            if (warm.length < warmup) {
                return warm; // what is left of it would be in the way of the next
            }
        }
        return release(count, limitSeconds);
    }

    private long[] release(int count, int limitSeconds) throws Exception {
        long dueMs = leadMs(count) + Starts.nowMs();
        starts.expect(count, dueMs, dueMs + 1);
        peer.submitAll(dues(count, () -> dueMs));
        refuseLate(dueMs);
        return starts.await(dueMs + limitSeconds * 1_000L);
    }

    private long[] steady(int rate, int warmSeconds, int seconds, int limitSeconds) throws Exception {
        int count = (warmSeconds + seconds) * rate;
        long fromMs = leadMs(count) + Starts.nowMs();
        long measuredMs = fromMs + warmSeconds * 1_000L;
        long untilMs = measuredMs + seconds * 1_000L;
        starts.expect(seconds * rate, measuredMs, untilMs);
        peer.submitAll(spread(count, fromMs, rate));
        refuseLate(fromMs);
        return starts.await(untilMs + limitSeconds * 1_000L);
    }

    /** How long before they are due so many jobs have to be submitted: twice as long as a sample says. */
    private long leadMs(int count) throws Exception {
        peer.submitAll(dues(SAMPLE, this::waitingMs)); // warms up
        long startedMs = Starts.nowMs();
        peer.submitAll(dues(SAMPLE, this::waitingMs));
        return LEAD_MS + 2 * (Starts.nowMs() - startedMs) * count / SAMPLE;
    }

    /** A load that was not ready in time is worth nothing. */
    private static void refuseLate(long dueMs) {
        long lateMs = Starts.nowMs() - dueMs;
        if (lateMs > 0) {
            throw new IllegalStateException("submitting took so long that the jobs were late; lateMs=" + lateMs);
        }
    }

    private String stream(int rate, int seconds, int waiting) throws Exception {
        peer.submitAll(dues(waiting, this::waitingMs));
        peer.submitAll(spread(rate * seconds, Starts.nowMs() + LEAD_MS, rate));
        return starts.first(FIRST_LIMIT_S) == 0 ? "error nothing started" : "ok";
    }

    private static long[] dues(int count, LongSupplier due) {
        long[] dues = new long[count];
        Arrays.setAll(dues, i -> due.getAsLong());
        return dues;
    }

    private static long[] spread(int count, long fromMs, int rate) {
        long[] dues = new long[count];
        Arrays.setAll(dues, i -> fromMs + i * 1_000L / rate);
        return dues;
    }

    /** Some instant of the year that begins in two days. */
    private long waitingMs() {
        return Starts.nowMs() + 2 * DAY_MS + random.nextLong(365 * DAY_MS);
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(200);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
