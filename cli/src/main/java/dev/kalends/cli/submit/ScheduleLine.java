package dev.kalends.cli.submit;

import dev.kalends.api.JobRequest;
import dev.kalends.api.SubmitResult;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.Times;
import dev.kalends.job.DstRule;
import dev.kalends.job.Hash;
import dev.kalends.job.JobName;
import dev.kalends.job.Schedule;
import dev.kalends.job.Window;
import dev.kalends.schedule.DurationText;
import dev.kalends.schedule.ExcludedDaysText;
import dev.kalends.schedule.NextFires;
import dev.kalends.schedule.ScheduleFormatException;
import dev.kalends.schedule.ScheduleWords;
import dev.kalends.schedule.ZoneText;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** What a submitted schedule says, in a line: {@code every 15 minutes, Europe/Berlin; next 15:15 (in 11m), 15:30}. */
final class ScheduleLine {
    private static final int MORE_FIRES = 2;

    private ScheduleLine() {}

    /** The line; empty when nothing can be said, for example because a job has no next fire. */
    static Optional<String> of(JobRequest request, SubmitResult result, Session session) {
        try {
            long nextMs = Times.ofRfc3339(result.nextFireAt());
            if (nextMs < 0) {
                return Boolean.TRUE.equals(request.manual())
                        ? Optional.of("runs when triggered: kalends trigger "
                                + Optional.ofNullable(result.name()).orElse(String.valueOf(result.id())))
                        : Optional.empty();
            }
            Optional<Schedule> repeated = repeated(request, nextMs);
            long seed = seed(result, session);
            ZoneId zone = repeated.flatMap(ScheduleLine::zone).orElse(session.zone());
            long nowMs = session.nowMs();
            StringBuilder line = new StringBuilder();
            line.append(repeated.map(s -> words(s, seed, nextMs) + "; next ").orElse("once at "));
            line.append(Times.brief(nextMs, nowMs, zone))
                    .append(" (")
                    .append(Times.relative(nextMs, nowMs))
                    .append(')');
            if (repeated.isPresent() && request.splay() == null && request.until() == null) {
                int more = request.maxRuns() == null ? MORE_FIRES : Math.min(MORE_FIRES, request.maxRuns() - 1);
                for (NextFires.Fire fire : further(repeated.get(), seed, nextMs, more)) {
                    line.append(", ").append(Times.brief(fire.atMs(), nowMs, zone));
                }
            }
            return Optional.of(line.toString());
        } catch (ScheduleFormatException e) {
            // The node understood it, so it is newer than this command; what it answered is printed without this line.
            return Optional.empty();
        }
    }

    private static Optional<Schedule> repeated(JobRequest request, long nextMs) {
        if (request.cron() == null && request.every() == null) {
            return Optional.empty();
        }
        ZoneId zone = ZoneText.parse(Optional.ofNullable(request.tz()).orElse("UTC"));
        DstRule dst = "skip".equals(request.dst()) ? DstRule.SKIP : DstRule.CRON;
        Schedule schedule = request.cron() != null
                ? new Schedule.Cron(request.cron(), zone, dst)
                : new Schedule.Every(DurationText.parse(String.valueOf(request.every())), nextMs);
        List<String> except = request.except() == null ? List.of() : request.except();
        return Optional.of(
                except.isEmpty() ? schedule : new Schedule.Except(schedule, ExcludedDaysText.parse(except), zone));
    }

    private static Optional<ZoneId> zone(Schedule schedule) {
        return switch (schedule) {
            case Schedule.Cron cron -> Optional.of(cron.zone());
            case Schedule.Except except -> zone(except.base());
            case Schedule.Once _, Schedule.Every _, Schedule.Manual _ -> Optional.empty();
        };
    }

    /** What {@code H} is resolved by; the tenant is a guess where none was named, which {@link #agrees} checks. */
    private static long seed(SubmitResult result, Session session) {
        String tenant = session.settings().target().tenant().orElse(JobName.DEFAULT_TENANT);
        return Hash.of(tenant, Optional.ofNullable(result.name()).orElse(String.valueOf(result.id())));
    }

    private static String words(Schedule schedule, long seed, long nextMs) {
        return agrees(schedule, seed, nextMs) ? ScheduleWords.of(schedule, seed) : ScheduleWords.of(schedule);
    }

    /** The fires after the first one; none where that one came by a seed or a splay that only the node knows. */
    private static List<NextFires.Fire> further(Schedule schedule, long seed, long nextMs, int count) {
        return agrees(schedule, seed, nextMs)
                ? NextFires.of(schedule, seed).after(nextMs, Window.OPEN, 0, count)
                : List.of();
    }

    private static boolean agrees(Schedule schedule, long seed, long nextMs) {
        List<NextFires.Fire> first = NextFires.of(schedule, seed).after(nextMs - 1, Window.OPEN, 0, 1);
        return zone(schedule).isEmpty() || (!first.isEmpty() && first.getFirst().atMs() == nextMs);
    }
}
