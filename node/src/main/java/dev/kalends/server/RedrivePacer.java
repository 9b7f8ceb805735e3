package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.job.RunId;
import dev.kalends.server.DeadSelection.Letters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Redrives dead letters at a pace, on a thread of its own for each request. What has not been redriven when the node
 * stops stays dead: ask again.
 */
public final class RedrivePacer {
    /** Redrives a second of a request that names no rate. */
    static final double RATE_DEFAULT = 5;

    private static final double RATE_MAX = 10_000;
    private static final int AT_ONCE_MAX = 16;
    /** Commands a second, at most: a faster pace takes more runs into one command. */
    static final double STEPS_A_SECOND = 10;
    /** How long a redrive waits for open runs of the same jobs to end, without any progress. */
    static final long BLOCKED_PATIENCE_MS = 3_600_000;

    private static final long BLOCKED_STEP_NS = 1_000_000_000;

    private final Services services;
    private final NodeLog log;
    private final Reopening reopening;
    private final CanaryBook canaries = new CanaryBook();
    private final AtomicInteger running = new AtomicInteger();

    public RedrivePacer(Services services, NodeLog log) {
        this.services = services;
        this.log = log;
        this.reopening = new Reopening(services.partitions());
    }

    /** How the redrives with a canary go that this node began. */
    CanaryBook canaries() {
        return canaries;
    }

    /** Reads {@code 5/s}, {@code 300/m}, or a plain number a second. */
    static double rate(@Nullable String text) {
        if (text == null) {
            return RATE_DEFAULT;
        }
        int slash = text.indexOf('/');
        String number = slash < 0 ? text : text.substring(0, slash);
        String unit = slash < 0 ? "s" : text.substring(slash + 1);
        double perSec = unit.equals("s") ? 1 : unit.equals("m") ? 1 / 60.0 : unit.equals("h") ? 1 / 3600.0 : 0;
        boolean plain = !number.isEmpty()
                && number.length() <= 12
                && number.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.')
                && number.chars().filter(c -> c == '.').count() <= 1
                && !number.equals(".");
        double rate = plain ? Double.parseDouble(number) * perSec : 0;
        if (rate <= 0 || rate > RATE_MAX) {
            throw Field.invalid(
                    "rate is N/s, N/m or N/h, at most " + (long) RATE_MAX + "/s; rate=" + Texts.excerpt(text));
        }
        return rate;
    }

    /** Begins; the first run is reopened at once. */
    void start(String requestId, double ratePerSec, List<Letters> letters) {
        begin(requestId, () -> pace(requestId, ratePerSec, letters));
    }

    /** Begins with one run; the answer names the redrive. The same request again is the same redrive. */
    String startCanary(String requestId, String tenant, double ratePerSec, List<Letters> letters) {
        CanaryRedrive canary = new CanaryRedrive(services, reopening, requestId, ratePerSec, letters);
        if (canaries.enter(canary, tenant)) {
            try {
                begin(requestId, () -> canary.run(log));
            } catch (ApiException e) {
                // Else the same request, sent again, would be told of a redrive that never goes on.
                canaries.leave(canary);
                throw e;
            }
        }
        return canary.id();
    }

    /** What a redrive does. */
    @FunctionalInterface
    private interface Work {
        void run() throws InterruptedException;
    }

    private void begin(String requestId, Work work) {
        if (running.incrementAndGet() > AT_ONCE_MAX) {
            running.decrementAndGet();
            throw new ApiException(
                    ErrorCode.THROTTLED,
                    "too many redrives are under way; redrivesMax=" + AT_ONCE_MAX,
                    "wait for one to end",
                    10_000);
        }
        Thread.ofVirtual().name("redrive-" + requestId).start(() -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                log.error("a redrive ended early; what is left stays dead", e);
            } finally {
                running.decrementAndGet();
            }
        });
    }

    private void pace(String requestId, double ratePerSec, List<Letters> letters) throws InterruptedException {
        Deque<RunId> waiting = new ArrayDeque<>();
        letters.stream()
                .flatMap(part -> part.letters().stream())
                .map(letter -> letter.run().id())
                .sorted()
                .forEach(waiting::add);
        int atOnce = Math.max(1, (int) (ratePerSec / STEPS_A_SECOND));
        long stepNs = (long) (atOnce / ratePerSec * TimeUnit.SECONDS.toNanos(1));
        long nowNs = services.clocks().monotonic().nowNs();
        long patientUntilNs = nowNs + TimeUnit.MILLISECONDS.toNanos(BLOCKED_PATIENCE_MS);
        long dueNs = nowNs;
        for (int step = 0; !waiting.isEmpty(); step++) {
            long waitNs = dueNs - services.clocks().monotonic().nowNs();
            if (waitNs > 0) {
                services.pause().pauseNs(waitNs);
            }
            List<RunId> runs = new ArrayList<>();
            while (runs.size() < atOnce && !waiting.isEmpty()) {
                runs.add(waiting.removeFirst());
            }
            List<RunId> blocked = reopening.reopen(requestId + "." + step, runs).blocked();
            boolean reopened = blocked.size() < runs.size();
            long afterNs = services.clocks().monotonic().nowNs();
            patientUntilNs = reopened ? afterNs + TimeUnit.MILLISECONDS.toNanos(BLOCKED_PATIENCE_MS) : patientUntilNs;
            if (afterNs - patientUntilNs > 0) {
                log.warn("a redrive gives up: other runs of the same jobs stay open; left=" + waiting.size());
                return;
            }
            waiting.addAll(blocked);
            dueNs = Math.max(dueNs, afterNs - stepNs) + (reopened ? stepNs : Math.max(stepNs, BLOCKED_STEP_NS));
        }
    }
}
