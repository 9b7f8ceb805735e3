package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.job.RunId;
import dev.kalends.partition.Command;
import dev.kalends.server.DeadSelection.Letters;
import java.util.ArrayList;
import java.util.Comparator;
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
            throw Field.invalid("rate is N/s, N/m or N/h, at most " + (long) RATE_MAX + "/s; rate="
                    + Texts.excerpt(text));
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

    private record Step(Letters part, RunId run) {}

    private void pace(String requestId, double ratePerSec, List<Letters> letters) throws InterruptedException {
        List<Step> steps = new ArrayList<>();
        for (Letters part : letters) {
            part.letters().forEach(letter -> steps.add(new Step(part, letter.run().id())));
        }
        steps.sort(Comparator.comparing(Step::run));
        int atOnce = Math.max(1, (int) (ratePerSec / STEPS_A_SECOND));
        long startNs = services.clocks().monotonic().nowNs();
        for (int from = 0; from < steps.size(); from += atOnce) {
            long dueNs = startNs + (long) (from / ratePerSec * TimeUnit.SECONDS.toNanos(1));
            long waitNs = dueNs - services.clocks().monotonic().nowNs();
            if (waitNs > 0) {
                services.pause().pauseNs(waitNs);
            }
            redrive(requestId + "." + from, steps.subList(from, Math.min(steps.size(), from + atOnce)));
        }
    }

    private void redrive(String requestId, List<Step> steps) throws InterruptedException {
        Map<Integer, List<RunId>> runsByPartition = new TreeMap<>();
        for (Step step : steps) {
            runsByPartition
                    .computeIfAbsent(step.part().handle().partition(), _ -> new ArrayList<>())
                    .add(step.run());
        }
        for (Map.Entry<Integer, List<RunId>> entry : runsByPartition.entrySet()) {
            Partitions.ask(
                    services.partitions().all().get(entry.getKey()),
                    new Command.Redrive(requestId, entry.getValue()));
        }
    }
}
