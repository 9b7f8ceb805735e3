package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.job.RunId;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.server.DeadSelection.Letters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    private static final double STEPS_A_SECOND = 10;
    /** How long a redrive waits for open runs of the same jobs to end, without any progress. */
    private static final long BLOCKED_PATIENCE_MS = 3_600_000;

    private static final long BLOCKED_STEP_NS = 1_000_000_000;
    /** The decision's word for a run whose job has another one open. */
    private static final String BLOCKED = "blocked";

    private final Services services;
    private final NodeLog log;
    private final AtomicInteger running = new AtomicInteger();

    public RedrivePacer(Services services, NodeLog log) {
        this.services = services;
        this.log = log;
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
                pace(requestId, ratePerSec, letters);
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
            List<RunId> blocked = redrive(requestId + "." + step, runs);
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

    /** Redrives some runs; the answer are those that must wait because another run of their job is open. */
    private List<RunId> redrive(String requestId, List<RunId> runs) throws InterruptedException {
        Map<Integer, List<RunId>> runsByPartition = new TreeMap<>();
        runs.forEach(run -> runsByPartition
                .computeIfAbsent(run.job().partition(), _ -> new ArrayList<>())
                .add(run));
        List<RunId> blocked = new ArrayList<>();
        for (Map.Entry<Integer, List<RunId>> entry : runsByPartition.entrySet()) {
            PartitionHandle handle = services.partitions().all().get(entry.getKey());
            Reply.Acted acted = (Reply.Acted) Partitions.ask(handle, new Command.Redrive(requestId, entry.getValue()));
            for (int i = 0; i < entry.getValue().size(); i++) {
                RunId run = entry.getValue().get(i);
                boolean waits = acted.acts().get(i).outcome().equals(BLOCKED)
                        && !handle.reader().openRuns(run.job()).isEmpty();
                if (waits) {
                    blocked.add(run);
                }
            }
        }
        return blocked;
    }
}
