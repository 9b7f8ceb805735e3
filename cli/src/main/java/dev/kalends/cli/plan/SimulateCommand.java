package dev.kalends.cli.plan;

import dev.kalends.api.SimulateAnswer;
import dev.kalends.api.SimulateRequest;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.schedule.ScheduleFormatException;
import dev.kalends.schedule.ZoneText;
import java.io.IOException;
import java.time.ZoneId;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** {@code simulate}: what would become of jobs in an outage; the node rehearses it on its own core. */
public final class SimulateCommand implements Command {
    private static final int SLOTS_MAX = 100_000;

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("simulate [--outage FROM..TO]… [--kill-leader T]… [--for D] [--takes D] [JOB|GLOB]… [-l K=V]…")
                .positionals("JOB|GLOB", "0..*", "names, ids, names with * and ? (default: all)")
                .repeated("--outage", "FROM..TO", "no node serves from an instant to another: 2026-11-26T01:00, +1h")
                .repeated("--kill-leader", "T", "leadership is lost then; another leader follows 5 s later")
                .value("--for", "D", "how long (default: an hour beyond the last fault, or a day without any)")
                .value("--takes", "D", "how long a run takes whose job has not run yet (default 100ms)")
                .value("--slots", "N", "runs at a time (default: the slots of the live workers)")
                .repeated("-l,--label", "K=V", "only jobs with this label")
                .value("-f,--file", "FILE", "jobs that do not exist yet, one a line as JSON; - is stdin")
                .value("--tz", "Z", "zone of instants without one (default: this machine's)")
                .examples(
                        "kalends simulate --outage 2026-11-26T01:00..2026-11-26T03:30",
                        "kalends simulate --outage +10m..+3h10m 'billing/*' -o json",
                        "kalends simulate --kill-leader +5m -f jobs.ndjson --for 1h");
    }

    @Override
    public int run(Arguments arguments, Session session) throws IOException {
        ZoneId zone = zone(arguments, session);
        FaultTimes times = new FaultTimes(zone, session);
        OptionalLong slots = arguments.wholeNumber("--slots", 1, SLOTS_MAX);
        SimulateRequest request = new SimulateRequest(
                arguments.positionals(),
                arguments.texts("--label"),
                DraftFile.read(arguments.text("--file"), session),
                arguments.texts("--outage").stream().map(times::outage).toList(),
                arguments.texts("--kill-leader").stream()
                        .map(text -> times.instant("--kill-leader", text))
                        .toList(),
                duration(arguments, "--for"),
                duration(arguments, "--takes"),
                slots.isPresent() ? (int) slots.getAsLong() : null);
        SimulateAnswer answer = session.client().simulate(request);
        new SimulateReport(session, zone).print(answer);
        return DONE;
    }

    /** The text as it was given, once it is known to be a duration. */
    private static @Nullable String duration(Arguments arguments, String flag) {
        arguments.durationMs(flag);
        return arguments.textOrNull(flag);
    }

    private static ZoneId zone(Arguments arguments, Session session) {
        try {
            return arguments.text("--tz").map(ZoneText::parse).orElseGet(session::zone);
        } catch (ScheduleFormatException e) {
            throw Arguments.usage("--tz: " + e.getMessage());
        }
    }
}
