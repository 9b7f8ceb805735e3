package dev.kalends.server;

import dev.kalends.api.JobRequest;
import dev.kalends.job.DstRule;
import dev.kalends.job.ExcludedDays;
import dev.kalends.job.Limits;
import dev.kalends.job.Schedule;
import dev.kalends.job.Window;
import dev.kalends.partition.Draft.When;
import dev.kalends.schedule.CronExpression;
import dev.kalends.schedule.EveryFires;
import dev.kalends.schedule.InstantText;
import dev.kalends.schedule.ScheduleFormatException;
import dev.kalends.schedule.ZoneText;
import dev.kalends.server.Field.DurationBound;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads when a job runs, of one request. What people should know of a clock change is collected as warnings. */
final class ScheduleReader {
    private static final ZoneId UTC = ZoneId.of("UTC");

    private final JobRequest request;
    private final long nowMs;
    private final ZoneId machineZone;
    private final List<String> warnings = new ArrayList<>();

    ScheduleReader(JobRequest request, long nowMs, ZoneId machineZone) {
        this.request = request;
        this.nowMs = nowMs;
        this.machineZone = machineZone;
    }

    List<String> warnings() {
        return warnings;
    }

    When when() {
        if (request.after() != null && !request.after().isEmpty()) {
            throw Field.notYet("after");
        }
        boolean manual = Boolean.TRUE.equals(request.manual());
        long given = Stream.of(request.at(), request.in(), request.every(), request.cron())
                        .filter(text -> text != null)
                        .count()
                + (manual ? 1 : 0);
        if (given != 1) {
            throw Field.invalid("a job has one of at, in, every, cron and manual; given=" + given);
        }
        if (request.every() == null) {
            Field.absent("anchor", request.anchor(), "every");
        }
        if (request.cron() == null) {
            Field.absent("dst", request.dst(), "cron");
        }
        if (request.every() == null && request.cron() == null) {
            Field.absent("except", request.except(), "every and cron");
        }
        if (manual) {
            return new When.Fixed(new Schedule.Manual());
        }
        When when = timed();
        return ExceptReader.days(request.except())
                .map(days -> except(when, days))
                .orElse(when);
    }

    private When timed() {
        if (request.at() != null) {
            return new When.Fixed(new Schedule.Once(instant("at", request.at())));
        }
        if (request.in() != null) {
            return new When.In(Field.duration("in", request.in(), 0));
        }
        if (request.every() != null) {
            return every(Field.duration("every", request.every(), 1));
        }
        return new When.Fixed(cron(Optional.ofNullable(request.cron()).orElse("")));
    }

    private When except(When when, ExcludedDays days) {
        ZoneId zone = zone(UTC);
        ExceptReader.warning(days, zone, nowMs).ifPresent(warnings::add);
        return switch (when) {
            case When.Fixed fixed -> new When.Fixed(new Schedule.Except(fixed.schedule(), days, zone));
            case When.EveryFromNow every -> new When.ExceptFromNow(every.periodMs(), days, zone);
            case When.In _, When.ExceptFromNow _ -> throw new IllegalStateException("nothing recurs; when=" + when);
        };
    }

    private When every(long periodMs) {
        if (request.anchor() == null) {
            return new When.EveryFromNow(periodMs);
        }
        return new When.Fixed(EveryFires.anchored(periodMs, instant("anchor", request.anchor())));
    }

    private Schedule cron(String text) {
        Field.atMost("cron", text, Limits.EXPRESSION_BYTES_MAX);
        try {
            if (CronExpression.parse(text, 0).neverFires()) {
                throw Field.invalid("no such date ever comes; cron=" + Texts.excerpt(text));
            }
        } catch (ScheduleFormatException e) {
            throw Field.named("cron", e);
        }
        return new Schedule.Cron(text, zone(UTC), Field.word("dst", request.dst(), DstRule.CRON));
    }

    Window window() {
        boolean repeats = request.every() != null || request.cron() != null;
        if (!repeats) {
            Field.absent("from", request.from(), "every and cron");
            Field.absent("until", request.until(), "every and cron");
            Field.absent("maxRuns", request.maxRuns(), "every and cron");
        }
        Optional<Long> from = optionalInstant("from", request.from());
        Optional<Long> until = optionalInstant("until", request.until());
        if (from.isPresent() && until.isPresent() && until.get() <= from.get()) {
            throw Field.invalid("until is after from; until=" + Texts.excerpt(String.valueOf(request.until())));
        }
        Optional<Integer> maxRuns = Optional.ofNullable(request.maxRuns());
        if (maxRuns.isPresent() && maxRuns.get() < 1) {
            throw Field.invalid("maxRuns is at least 1; maxRuns=" + maxRuns.get());
        }
        long splayMs =
                Field.duration("splay", request.splay(), DurationBound.ZERO).orElse(0L);
        if (splayMs > 0 && Boolean.TRUE.equals(request.manual())) {
            throw Field.invalid("this field belongs to a job with a time; field=splay");
        }
        return new Window(from, until, maxRuns, splayMs);
    }

    private Optional<Long> optionalInstant(String field, @Nullable String text) {
        return text == null ? Optional.empty() : Optional.of(instant(field, text));
    }

    private long instant(String field, String text) {
        try {
            InstantText.Parsed parsed = InstantText.parse(text, zone(machineZone), nowMs);
            parsed.note().ifPresent(note -> warnings.add(field + ": " + note));
            return parsed.ms();
        } catch (ScheduleFormatException e) {
            throw Field.named(field, e);
        }
    }

    private ZoneId zone(ZoneId absent) {
        String name = request.tz();
        if (name == null) {
            return absent;
        }
        try {
            return name.equals("Z") ? ZoneOffset.UTC : ZoneText.parse(name);
        } catch (ScheduleFormatException e) {
            throw Field.named("tz", e);
        }
    }
}
