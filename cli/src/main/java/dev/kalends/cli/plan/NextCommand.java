package dev.kalends.cli.plan;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.FirePage;
import dev.kalends.api.FireView;
import dev.kalends.api.PauseView;
import dev.kalends.cli.calendar.ExceptFlag;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.JsonObject;
import dev.kalends.cli.output.JsonText;
import dev.kalends.job.DstRule;
import dev.kalends.job.ExcludedDays;
import dev.kalends.job.Schedule;
import dev.kalends.job.Window;
import dev.kalends.schedule.InstantText;
import dev.kalends.schedule.NextFires;
import dev.kalends.schedule.ScheduleFormatException;
import dev.kalends.schedule.ScheduleWords;
import dev.kalends.schedule.ZoneText;
import dev.kalends.tui.text.SafeText;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code next}: the fires to come of a cron expression, or of a job, and what clock changes do to them. */
public final class NextCommand implements Command {
    private static final int FIRES_DEFAULT = 5;

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis(
                        "next JOB [-n N] [--from T] [--explain]",
                        "next --cron E [--tz Z] [--dst RULE] [--except FILE.ics|DATES] [-n N] [--from T] [--explain]")
                .positionals("JOB", "0..1", "a name or id: the node answers, with the job's own H, window and splay")
                .value(
                        "--cron",
                        "E",
                        "an expression instead of a job: five fields, six with seconds first, or @hourly…")
                .value("--tz", "Z", "zone of the expression (default UTC)")
                .value("--dst", "RULE", "cron (default: as cronie does) or skip times that do not exist")
                .value("-n,--count", "N", "how many (default " + FIRES_DEFAULT + ")")
                .value("--from", "T", "first instant to look at, in the schedule's zone (default now)")
                .toggle("--explain", "say what clock changes, excluded days and splay do")
                .choices("--dst", "cron", "skip")
                .examples(
                        "kalends next billing/close -n 3",
                        "kalends next --cron '30 2 * * *' --tz America/New_York --explain");
        ExceptFlag.declare(grammar);
    }

    @Override
    public int run(Arguments arguments, Session session) throws IOException {
        int count =
                (int) arguments.wholeNumber("--count", 1, NextFires.FIRES_MAX).orElse(FIRES_DEFAULT);
        Optional<String> job = arguments.positionals().stream().findFirst();
        if (job.isPresent()) {
            for (String flag : List.of("--cron", "--tz", "--dst", "--except")) {
                if (arguments.has(flag)) {
                    throw Arguments.usage(
                            flag + " asks about an expression, a job has its own schedule; job=" + job.get());
                }
            }
            printJob(session, session.client().nextFires(job.get(), count, arguments.text("--from")), arguments);
            return DONE;
        }
        String cron = arguments.text("--cron").orElseThrow(() -> Arguments.usage("JOB or --cron E is missing"));
        try {
            printCron(session, cron, count, arguments);
            return DONE;
        } catch (ScheduleFormatException e) {
            throw new ApiException(ErrorCode.INVALID, String.valueOf(e.getMessage()), "examples: kalends next --help");
        }
    }

    private static void printJob(Session session, FirePage page, Arguments arguments) {
        if (page.items().isEmpty()) {
            session.tell("no fire comes any more; state=" + SafeText.line(page.state()));
        } else if (page.pause() != null) {
            session.tell(held(page, page.pause()));
        }
        heading(session, Optional.ofNullable(page.schedule().words()));
        Optional<String> tz = Optional.ofNullable(page.schedule().tz());
        FireTable table = new FireTable(zone(tz).orElse(session.zone()), arguments.has("--explain"));
        table.listing().print(session.rendering(), page, page.items());
    }

    private static String held(FirePage page, PauseView pause) {
        String reason = pause.reason() == null ? "" : " (" + SafeText.line(pause.reason()) + ")";
        String name = SafeText.line(page.name() == null ? page.id() : page.name());
        return switch (pause.by()) {
            case "tenant" ->
                "tenant " + SafeText.line(page.tenant()) + " is paused" + reason
                        + ": nothing fires before kalends resume --all -T " + SafeText.line(page.tenant());
            case "everything" -> "everything is paused" + reason + ": nothing fires before kalends resume --all";
            default -> "paused" + reason + ": nothing fires before kalends resume " + name;
        };
    }

    private static Optional<ZoneId> zone(Optional<String> tz) {
        try {
            return tz.map(ZoneText::parse);
        } catch (ScheduleFormatException e) {
            // A zone that only a newer node knows: its instants are shown in the zone of this machine.
            return Optional.empty();
        }
    }

    private static void printCron(Session session, String cron, int count, Arguments arguments) throws IOException {
        ZoneId zone = ZoneText.parse(arguments.text("--tz").orElse("UTC"));
        long fromMs = arguments
                .text("--from")
                .map(text -> InstantText.parse(text, zone, session.nowMs()).ms())
                .orElse(session.nowMs());
        // A fire at the instant that was named counts, one that is going on right now does not.
        long afterMs = arguments.has("--from") ? fromMs - 1 : fromMs;
        Schedule every = new Schedule.Cron(cron, zone, dst(arguments.text("--dst")));
        ExcludedDays except = ExceptFlag.days(arguments, session);
        Schedule schedule = except.isEmpty() ? every : new Schedule.Except(every, except, zone);
        List<FireView> fires = new ArrayList<>();
        for (NextFires.Fire fire : NextFires.of(schedule, 0).after(afterMs, Window.OPEN, 0, count)) {
            fires.add(view(fire, zone, fromMs));
        }
        if (fires.isEmpty()) {
            session.tell("no fire comes any more");
        }
        heading(session, Optional.of(ScheduleWords.of(schedule)));
        // Written here: the library that reads and writes the node's records costs more than all the rest.
        switch (session.settings().manner().format()) {
            case JSON ->
                session.surroundings()
                        .out()
                        .line(JsonText.of(new JsonObject()
                                .text("asOf", InstantText.format(session.nowMs()))
                                .array(
                                        "items",
                                        fires.stream().map(NextCommand::json).toList())
                                .text("next", null)));
            case NDJSON -> fires.forEach(fire -> session.surroundings().out().line(JsonText.of(json(fire))));
            case AUTO, WIDE, NAME ->
                new FireTable(zone, arguments.has("--explain")).listing().print(session.rendering(), fires, fires);
        }
    }

    /** The schedule in words, for people; it is no data. */
    private static void heading(Session session, Optional<String> words) {
        if (session.rendering().forPeople()) {
            words.ifPresent(text -> session.tell(SafeText.line(text)));
        }
    }

    private static FireView view(NextFires.Fire fire, ZoneId zone, long fromMs) {
        String at = InstantText.format(fire.atMs());
        String local = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                Instant.ofEpochMilli(fire.atMs()).atZone(zone));
        return new FireView(at, local, fire.atMs() - fromMs, fire.note().orElse(null), at);
    }

    private static JsonObject json(FireView fire) {
        return new JsonObject()
                .text("at", fire.at())
                .text("local", fire.local())
                .number("inMs", fire.inMs())
                .text("note", fire.note());
    }

    private static DstRule dst(Optional<String> word) {
        return switch (word.orElse("cron")) {
            case "cron" -> DstRule.CRON;
            case "skip" -> DstRule.SKIP;
            default -> throw Arguments.usage("--dst takes cron or skip; value=" + word.orElse(""));
        };
    }
}
