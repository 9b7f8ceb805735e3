package dev.kalends.server;

import dev.kalends.api.JobRequest;
import dev.kalends.job.Backoff;
import dev.kalends.job.CatchUp;
import dev.kalends.job.DstRule;
import dev.kalends.job.JobName;
import dev.kalends.job.JobSpec;
import dev.kalends.job.Limit;
import dev.kalends.job.OnLost;
import dev.kalends.job.Overlap;
import dev.kalends.job.Policy;
import dev.kalends.job.Priority;
import dev.kalends.job.Retry;
import dev.kalends.job.SandboxMode;
import dev.kalends.job.Schedule;
import dev.kalends.job.Work;
import dev.kalends.schedule.DurationText;
import dev.kalends.schedule.ExcludedDaysText;
import dev.kalends.schedule.InstantText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Shows jobs in their input shape: what {@link DraftReader} reads as the same schedule, window, work, policy and
 * labels.
 *
 * <p>Fields at their defaults are left out. What a relative time was counted from is gone: {@code in} comes back as
 * {@code at}, and {@code every} with its anchor. Whether a job is paused, and how often it fired, is no part of it.
 */
final class RequestViews {
    private static final String UTC = "UTC";

    private RequestViews() {}

    /** The input shape; the tenant is left out where it is the default one. */
    static JobRequest of(JobSpec spec) {
        String tenant = spec.tenant().equals(JobName.DEFAULT_TENANT) ? null : spec.tenant();
        return of(spec, Optional.ofNullable(tenant));
    }

    /** The input shape, with the tenant named. */
    static JobRequest withTenant(JobSpec spec) {
        return of(spec, Optional.of(spec.tenant()));
    }

    private static JobRequest of(JobSpec spec, Optional<String> tenant) {
        When when = when(spec.schedule());
        Work.@Nullable Command command = spec.work() instanceof Work.Command one ? one : null;
        Policy policy = spec.policy();
        Retry retry = policy.retry();
        return new JobRequest(
                spec.name().name().orElse(null),
                spec.name().key().orElse(null),
                tenant.orElse(null),
                when.at(),
                null,
                when.every(),
                when.anchor(),
                when.cron(),
                null,
                spec.schedule() instanceof Schedule.Manual ? true : null,
                when.tz(),
                command == null ? null : command.argv(),
                spec.work() instanceof Work.Http http ? http(http) : null,
                spec.work() instanceof Work.Noop ? true : null,
                command == null ? null : command.stdin().orElse(null),
                command == null ? null : sorted(command.env()),
                command == null ? null : command.cwd().orElse(null),
                command == null ? null : command.user().orElse(null),
                policy.queue().equals(Policy.DEFAULT_QUEUE) ? null : policy.queue(),
                word(policy.priority(), Priority.NORMAL),
                retry.maxAttempts() == Retry.DEFAULT.maxAttempts() ? null : retry.maxAttempts(),
                backoff(retry.backoff()),
                duration(retry.maxAgeMs()),
                duration(policy.timeoutMs()),
                duration(policy.deadlineMs()),
                word(retry.onLost(), OnLost.RETRY),
                codes(retry.retryOn()),
                codes(retry.fatalOn()),
                word(policy.overlap(), Overlap.SKIP),
                word(policy.catchUp(), CatchUp.LAST),
                when.dst(),
                when.except(),
                instant(spec.window().fromMs()),
                instant(spec.window().untilMs()),
                spec.window().maxRuns().orElse(null),
                duration(Optional.of(spec.window().splayMs()).filter(ms -> ms > 0)),
                word(policy.sandbox(), SandboxMode.NONE),
                limits(policy.limits()),
                sorted(spec.labels()));
    }

    private static @Nullable Map<String, Integer> limits(List<String> texts) {
        Map<String, Integer> limits = new TreeMap<>();
        texts.forEach(text -> Limit.parse(text).ifPresent(limit -> limits.put(limit.key(), limit.most())));
        return limits.isEmpty() ? null : limits;
    }

    private record When(
            @Nullable String at,
            @Nullable String every,
            @Nullable String anchor,
            @Nullable String cron,
            @Nullable String tz,
            @Nullable String dst,
            @Nullable List<String> except) {

        When without(List<String> days, String zone) {
            return new When(at, every, anchor, cron, zone.equals(UTC) ? null : zone, dst, days);
        }
    }

    private static When when(Schedule schedule) {
        return switch (schedule) {
            case Schedule.Once once -> new When(InstantText.format(once.atMs()), null, null, null, null, null, null);
            case Schedule.Every every ->
                new When(
                        null,
                        DurationText.format(every.periodMs()),
                        InstantText.format(every.anchorMs() + every.periodMs()),
                        null,
                        null,
                        null,
                        null);
            case Schedule.Cron cron -> {
                String zone = cron.zone().getId();
                yield new When(
                        null,
                        null,
                        null,
                        cron.expression(),
                        zone.equals(UTC) ? null : zone,
                        word(cron.dst(), DstRule.CRON),
                        null);
            }
            case Schedule.Except except -> {
                List<String> days = ExcludedDaysText.format(except.days());
                yield when(except.base()).without(days, except.zone().getId());
            }
            case Schedule.Manual _ -> new When(null, null, null, null, null, null, null);
        };
    }

    private static JobRequest.Http http(Work.Http http) {
        return new JobRequest.Http(
                http.method(), http.url(), sorted(http.headers()), http.body().orElse(null));
    }

    private static @Nullable String backoff(Backoff backoff) {
        return backoff.equals(Backoff.DEFAULT)
                ? null
                : DurationText.format(backoff.minMs()) + ".." + DurationText.format(backoff.maxMs());
    }

    private static @Nullable String duration(Optional<Long> ms) {
        return ms.map(DurationText::format).orElse(null);
    }

    private static @Nullable String instant(Optional<Long> ms) {
        return ms.map(InstantText::format).orElse(null);
    }

    private static <E extends Enum<E>> @Nullable String word(E value, E absent) {
        return value == absent ? null : Views.word(value);
    }

    private static @Nullable List<Integer> codes(List<Integer> codes) {
        return codes.isEmpty() ? null : codes;
    }

    private static @Nullable Map<String, String> sorted(Map<String, String> map) {
        return map.isEmpty() ? null : new TreeMap<>(map);
    }
}
