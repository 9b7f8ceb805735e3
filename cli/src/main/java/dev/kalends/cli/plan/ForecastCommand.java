package dev.kalends.cli.plan;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.ForecastView;
import dev.kalends.api.PauseView;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.Cell;
import dev.kalends.cli.output.Column;
import dev.kalends.cli.output.JsonObject;
import dev.kalends.cli.output.JsonText;
import dev.kalends.cli.output.Listing;
import dev.kalends.cli.output.Times;
import dev.kalends.client.ForecastQuery;
import dev.kalends.schedule.DurationText;
import dev.kalends.schedule.InstantText;
import dev.kalends.schedule.ScheduleFormatException;
import dev.kalends.tui.text.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code forecast}: how many fires come when, the walls among them, and what would flatten those. */
public final class ForecastCommand implements Command {
    /** One step of the forecast. */
    private record Step(String at, long repeating, long once) {
        long fires() {
            return repeating + once;
        }

        JsonObject json() {
            return new JsonObject()
                    .text("at", at)
                    .number("fires", fires())
                    .number("repeating", repeating)
                    .number("once", once);
        }
    }

    private static final Listing<Step> FIELDS = new Listing<>(
            List.of(
                    Column.text("AT", Column.Fit.FIXED, Step::at),
                    new Column<>("FIRES", Column.Fit.NUMBER, s -> Cell.of(s.fires()), s -> Long.toString(s.fires())),
                    new Column<>(
                            "REPEATING",
                            Column.Fit.NUMBER,
                            s -> Cell.of(s.repeating()),
                            s -> Long.toString(s.repeating())),
                    new Column<>("ONCE", Column.Fit.NUMBER, s -> Cell.of(s.once()), s -> Long.toString(s.once()))),
            Step::at,
            _ -> null);

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("forecast [GLOB] [-l K=V]… [--from T] [--for D|--until T] [--step D] [--ascii]")
                .positionals("GLOB", "0..1", "only jobs with such names; * and ? stand for any text and any character")
                .repeated("-l,--label", "K=V", "only jobs with this label")
                .value("--from", "T", "an instant, or a duration from now (default now)")
                .value("--for", "D", "how far to look, such as 12h or 7d (default 1d)")
                .value("--until", "T", "look up to this instant instead")
                .value("--step", "D", "count by 1s, 1m, 1h, … (default 1s up to 2h, 1m up to 2d, else 1h)")
                .toggle("--ascii", "draw with ASCII only; so does a locale without UTF-8")
                .examples(
                        "kalends forecast",
                        "kalends forecast 'billing/*' --for 7d",
                        "kalends forecast -T '*' --from 2026-03-08T00:00 --for 1h --step 1s",
                        "kalends forecast | sort -k2 -n -r | head");
    }

    @Override
    public int run(Arguments arguments, Session session) {
        if (arguments.has("--for") && arguments.has("--until")) {
            throw Arguments.usage("--for and --until both say how far; give one of them");
        }
        arguments.durationMs("--for");
        arguments.durationMs("--step");
        ForecastView view = session.client()
                .forecast(new ForecastQuery(
                        arguments.positionals().stream().findFirst(),
                        arguments.texts("--label"),
                        arguments.text("--from").map(text -> instant("--from", text, session)),
                        arguments.has("--for")
                                ? arguments.text("--for")
                                : arguments.text("--until").map(text -> instant("--until", text, session)),
                        arguments.text("--step")));
        for (PauseView pause : view.pauses()) {
            String whose = pause.tenant() == null ? "everything" : "tenant " + SafeText.line(pause.tenant());
            session.tell(whose + " is paused: nothing of it fires before kalends resume --all");
        }
        print(session, view, arguments.has("--ascii"));
        return DONE;
    }

    /** A local time becomes an instant here, in the zone of this machine; the node would read it in UTC. */
    private static String instant(String flag, String text, Session session) {
        if (isDuration(text)) {
            return text;
        }
        try {
            return InstantText.format(
                    InstantText.parse(text, session.zone(), session.nowMs()).ms());
        } catch (ScheduleFormatException e) {
            throw new ApiException(
                    ErrorCode.INVALID, flag + ": " + e.getMessage(), "examples: kalends forecast --help");
        }
    }

    private static boolean isDuration(String text) {
        try {
            return DurationText.parse(text) >= 0;
        } catch (ScheduleFormatException e) {
            return false;
        }
    }

    private static void print(Session session, ForecastView view, boolean ascii) {
        switch (session.rendering().format()) {
            case JSON -> session.rendering().json(view);
            case NDJSON ->
                steps(view).forEach(step -> session.surroundings().out().line(JsonText.of(step.json())));
            case AUTO, WIDE, NAME -> {
                if (session.rendering().forPeople()) {
                    new ForecastPicture(session, view, ascii || !isUtf8(session)).print();
                } else {
                    List<Step> steps = steps(view);
                    FIELDS.print(session.rendering(), steps, steps);
                }
            }
        }
    }

    private static List<Step> steps(ForecastView view) {
        List<Step> steps = new ArrayList<>();
        long fromMs = Times.ofRfc3339(view.from());
        for (int i = 0; i < view.repeating().size(); i++) {
            String at = InstantText.format(fromMs + i * view.stepMs());
            steps.add(new Step(at, view.repeating().get(i), view.once().get(i)));
        }
        return steps;
    }

    /** Whether the locale, by the first variable that says it, is one of UTF-8. */
    private static boolean isUtf8(Session session) {
        for (String variable : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
            Optional<String> value = session.surroundings().environment().get(variable);
            if (value.isPresent()) {
                String text = value.get().toLowerCase(java.util.Locale.ROOT);
                return text.contains("utf-8") || text.contains("utf8");
            }
        }
        return false;
    }
}
