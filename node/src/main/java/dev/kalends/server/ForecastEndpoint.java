package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.PauseView;
import dev.kalends.forecast.Forecast;
import dev.kalends.forecast.Outlook;
import dev.kalends.journal.Buckets;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Answers {@code GET /v1/forecast}: how many fires of the asked tenants' jobs come when.
 *
 * <p>It reads committed state in short snapshots and counts on a thread of its own, one forecast at a time: a second of
 * work must neither hold up a partition nor one of the few threads that carry all other requests.
 */
final class ForecastEndpoint {
    private static final Set<String> PARAMETERS = Set.of("from", "until", "step", "tenant", "name", "label");
    /** Steps in one answer. */
    static final int STEPS_MAX = 100_000;

    private static final long SPAN_DEFAULT_MS = 86_400_000L;
    private static final long SPAN_MAX_MS = 400 * 86_400_000L;
    private static final long TURN_WAIT_MS = 10_000;
    private static final ZoneId UTC = ZoneId.of("UTC");

    private final Services services;
    private final Semaphore turn = new Semaphore(1, true);

    ForecastEndpoint(Services services) {
        this.services = services;
    }

    Answer forecast(Request request) throws InterruptedException {
        Query query = request.query();
        query.allow(PARAMETERS);
        Scope scope = query.one("tenant").map(request::scope).orElseGet(request::scope);
        Buckets buckets = buckets(query);
        ForecastReading reading = new ForecastReading(services.partitions(), scope, JobFilter.of(query));
        long startNs = services.clocks().monotonic().nowNs();
        if (!turn.tryAcquire(TURN_WAIT_MS, TimeUnit.MILLISECONDS)) {
            throw new ApiException(
                    ErrorCode.UNAVAILABLE,
                    "other forecasts are being made; waitedMs=" + TURN_WAIT_MS,
                    "ask again",
                    TURN_WAIT_MS);
        }
        try {
            Outlook outlook = apart(buckets, reading);
            long tookMs = (services.clocks().monotonic().nowNs() - startNs) / 1_000_000;
            ForecastViews.Asked asked =
                    new ForecastViews.Asked(scope.tenant(), services.clocks().nowMs(), pauses(scope));
            return Answer.ok(ForecastViews.of(outlook, asked, tookMs));
        } finally {
            turn.release();
        }
    }

    /** The pauses are the same in every partition. */
    private List<PauseView> pauses(Scope scope) {
        return PauseViews.orders(services.partitions().all().getFirst().reader(), scope.tenant())
                .map(PauseViews::of)
                .toList();
    }

    private static Outlook apart(Buckets buckets, ForecastReading reading) throws InterruptedException {
        FutureTask<Outlook> task = new FutureTask<>(() -> {
            Forecast forecast = new Forecast(buckets);
            reading.into(forecast, buckets);
            return forecast.outlook();
        });
        Thread.ofPlatform().name("kalends-forecast").daemon().start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("a forecast failed", e.getCause());
        } finally {
            task.cancel(true);
        }
    }

    private Buckets buckets(Query query) {
        long nowMs = services.clocks().nowMs();
        long fromMs = query.one("from")
                .map(text -> Moments.future("from", text, nowMs, UTC))
                .orElse(nowMs);
        long untilMs = query.one("until")
                .map(text -> Moments.future("until", text, fromMs, UTC))
                .orElse(fromMs + SPAN_DEFAULT_MS);
        long spanMs = untilMs - fromMs;
        if (fromMs < nowMs - SPAN_DEFAULT_MS || spanMs < 1 || spanMs > SPAN_MAX_MS) {
            throw Field.invalid(
                    "a forecast looks ahead, at most " + SPAN_MAX_MS / 86_400_000 + " days; spanMs=" + spanMs);
        }
        long stepMs =
                query.one("step").map(text -> Field.duration("step", text, 1)).orElseGet(() -> stepMs(spanMs));
        if (spanMs / stepMs >= STEPS_MAX) {
            throw Field.invalid("a forecast has at most " + STEPS_MAX + " steps: take a longer step or a shorter time;"
                    + " steps=" + spanMs / stepMs);
        }
        return Buckets.of(fromMs, untilMs, stepMs);
    }

    /** Seconds for up to two hours, minutes for up to two days, else hours. */
    private static long stepMs(long spanMs) {
        if (spanMs <= 2 * 3_600_000L) {
            return 1_000;
        }
        return spanMs <= 2 * SPAN_DEFAULT_MS ? 60_000 : 3_600_000;
    }
}
