package dev.kalends.server;

import dev.kalends.api.BackfillRequest;
import dev.kalends.api.BackfillView;
import dev.kalends.job.Backfill;
import dev.kalends.job.JobSpec;
import dev.kalends.job.Limits;
import dev.kalends.job.Schedule;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import dev.kalends.schedule.DurationText;
import dev.kalends.schedule.FireTimes;
import dev.kalends.schedule.InstantText;
import dev.kalends.schedule.ScheduleFormatException;
import dev.kalends.server.JobFinder.Found;
import dev.kalends.server.JobFinder.Use;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** Begins, previews and ends backfills. */
final class BackfillEndpoint {
    private final Services services;
    private final JobFinder finder;

    BackfillEndpoint(Services services) {
        this.services = services;
        this.finder = new JobFinder(services.partitions());
    }

    /** {@code POST /v1/jobs/{job}/backfill}. */
    Answer begin(Request request) throws IOException, InterruptedException {
        request.query().allow(Set.of());
        BackfillRequest asked = request.body(BackfillRequest.class, Limits.BULK_LINE_BYTES_MAX);
        Found found = found(request);
        JobSpec spec = found.row().spec();
        long nowMs = services.clocks().nowMs();
        long fromMs = past("from", Field.present("from", asked.from()), spec);
        long untilMs = asked.to() == null ? nowMs : past("to", asked.to(), spec);
        if (untilMs <= fromMs || fromMs > nowMs) {
            throw Field.invalid("a backfill makes up for the past: from < to, from <= now; from="
                    + InstantText.format(fromMs) + " to=" + InstantText.format(untilMs));
        }
        int perSec = rate(asked);
        boolean dryRun = Boolean.TRUE.equals(asked.dryRun());
        if (!dryRun) {
            Partitions.ask(
                    found.handle(),
                    new Command.Backfill(request.requestId(spec.tenant()), spec.id(), fromMs, untilMs, perSec));
            String stretch = InstantText.format(fromMs) + " to " + InstantText.format(untilMs);
            JobEndpoint.did(request, "backfill", found, stretch);
        }
        return Answer.ok(view(spec, fromMs, Math.min(untilMs, nowMs + 1), perSec));
    }

    /** {@code DELETE /v1/jobs/{job}/backfill}. */
    Answer cancel(Request request) throws InterruptedException {
        request.query().allow(Set.of());
        Found found = found(request);
        String requestId = request.requestId(found.row().spec().tenant());
        Reply.Acted reply =
                (Reply.Acted) Partitions.ask(found.handle(), new Command.CancelBackfill(requestId, found.id()));
        JobEndpoint.did(request, "cancel-backfill", found, "");
        return Answer.ok(JobEndpoint.result(found, reply.acts().getFirst()));
    }

    private Found found(Request request) {
        request.scope().one();
        return finder.find(request.parameter("job"), request.scope(), Use.CHANGE);
    }

    private BackfillView view(JobSpec spec, long fromMs, long untilMs, int perSec) {
        FireTimes times = FireTimes.of(spec.schedule(), spec.hashSeed());
        long from = Math.max(fromMs, spec.window().fromMs().orElse(0L));
        long until = Math.min(untilMs, spec.window().untilMs().orElse(Long.MAX_VALUE));
        boolean repeats = spec.schedule().repeats() && !(spec.schedule() instanceof Schedule.Manual);
        long runs = repeats ? times.countBetween(from - 1, until - 1) : 0;
        return new BackfillView(
                spec.id().toString(),
                spec.name().name().orElse(null),
                null,
                runs,
                0,
                runs == 0 ? null : InstantText.format(times.nextAfter(from - 1)),
                InstantText.format(until),
                perSec,
                PauseViews.durationMs(runs, perSec));
    }

    /** An instant of the past: RFC 3339, a local time in the job's zone, or how long ago. */
    private long past(String field, String text, JobSpec spec) {
        long nowMs = services.clocks().nowMs();
        try {
            return nowMs - DurationText.parse(text);
        } catch (ScheduleFormatException _) {
            try {
                return InstantText.parse(text, FiresAhead.zone(spec.schedule()), nowMs)
                        .ms();
            } catch (ScheduleFormatException e) {
                throw Field.named(field, e);
            }
        }
    }

    private static int rate(BackfillRequest asked) {
        if (asked.rate() == null) {
            return Backfill.PER_SEC_DEFAULT;
        }
        String number = asked.rate().endsWith("/s")
                ? asked.rate().substring(0, asked.rate().length() - 2)
                : asked.rate();
        Optional<Integer> perSec = Optional.of(number)
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(Integer::parseInt)
                .filter(rate -> rate >= 1 && rate <= Backfill.PER_SEC_MAX);
        return perSec.orElseThrow(
                () -> Field.invalid("rate is 1/s to " + Backfill.PER_SEC_MAX + "/s; rate=" + Texts.excerpt(number)));
    }
}
