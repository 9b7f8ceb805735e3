package dev.kalends.cli.oncall;

import dev.kalends.api.ApiException;
import dev.kalends.api.DeedPage;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.ForecastView;
import dev.kalends.api.HandoffView;
import dev.kalends.api.JobView;
import dev.kalends.api.NodeView;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.JsonObject;
import dev.kalends.cli.output.JsonText;
import dev.kalends.client.ForecastQuery;
import dev.kalends.client.JobQuery;
import dev.kalends.client.NodeClient;
import dev.kalends.client.ShiftClient;
import dev.kalends.need.Need;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code handoff}: the report of a shift: what failed, what was done by whom, what is pending. */
public final class HandoffCommand implements Command {
    private static final int PAUSED_SHOWN = 20;
    private static final String AHEAD = "12h";

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("handoff [--since D]")
                .value("--since", "D", "from so long ago, or from an instant on (default 12h)")
                .examples("kalends handoff --since 12h", "kalends handoff --since 8h | mail -s 'night shift' oncall");
    }

    /** All that a report is made of. */
    record Shift(
            HandoffView past,
            DeedPage deeds,
            List<Need> needs,
            List<JobView> paused,
            List<NodeView> away,
            Optional<ForecastView> ahead) {}

    @Override
    public int run(Arguments arguments, Session session) {
        Shift shift = read(arguments.text("--since").orElse("12h"), session);
        if (session.rendering().format().isJson()) {
            session.rendering().out().line(json(shift));
        } else {
            // The same on a terminal and in a pipe: it is made to be sent to somebody.
            new HandoffText(shift, session.zone())
                    .lines()
                    .forEach(line -> session.rendering().out().line(line));
        }
        return DONE;
    }

    private static Shift read(String since, Session session) {
        ShiftClient shifts = new ShiftClient(session.clientSettings());
        NodeClient client = session.client();
        HandoffView past = shifts.handoff(since);
        List<Need> needs = Need.of(
                client.stats(),
                allowed(() -> client.partitionLeases().items()).orElse(List.of()),
                allowed(() -> client.workers().items()).orElse(List.of()));
        JobQuery paused = new JobQuery(
                Optional.empty(), Optional.of("paused"), List.of(), Optional.empty(), PAUSED_SHOWN, Optional.empty());
        List<NodeView> away = allowed(() -> client.nodes().items()).orElse(List.of()).stream()
                .filter(node -> !node.state().equals("fit"))
                .toList();
        Optional<ForecastView> ahead = allowed(() -> client.forecast(new ForecastQuery(
                Optional.empty(), List.of(), Optional.empty(), Optional.of(AHEAD), Optional.empty())));
        return new Shift(past, shifts.audit(since), needs, client.jobs(paused).items(), away, ahead);
    }

    /** A tenant's token may not see everything; what it sees still counts. */
    private static <T> Optional<T> allowed(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (ApiException e) {
            if (e.code() == ErrorCode.FORBIDDEN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** One object: the node's own records under the names of the report's parts. */
    private static String json(Shift shift) {
        String needs = new JsonObject()
                .array(
                        "needs",
                        shift.needs().stream()
                                .map(need -> new JsonObject()
                                        .text("code", need.code())
                                        .text("message", need.what())
                                        .text("hint", need.todo()))
                                .toList())
                .toString();
        return "{\"past\":" + JsonText.of(shift.past()) + ",\"deeds\":" + JsonText.of(shift.deeds()) + ","
                + needs.substring(1, needs.length() - 1) + ",\"paused\":" + all(shift.paused()) + ",\"away\":"
                + all(shift.away()) + ",\"ahead\":"
                + shift.ahead().map(JsonText::of).orElse("null") + "}";
    }

    private static String all(List<?> records) {
        return "[" + String.join(",", records.stream().map(JsonText::of).toList()) + "]";
    }
}
