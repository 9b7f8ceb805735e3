package dev.kalends.cli.plan;

import dev.kalends.api.SimulateRequest;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Session;
import dev.kalends.schedule.DurationText;
import dev.kalends.schedule.InstantText;
import dev.kalends.schedule.ScheduleFormatException;
import dev.kalends.tui.text.SafeText;
import java.time.ZoneId;

/**
 * Reads when something goes wrong: an instant, read in a zone where it says none, or {@code +1h30m} from now, which
 * goes on as a duration because the node's clock counts.
 */
final class FaultTimes {
    private static final String BETWEEN = "..";

    private final ZoneId zone;
    private final Session session;

    FaultTimes(ZoneId zone, Session session) {
        this.zone = zone;
        this.session = session;
    }

    SimulateRequest.Outage outage(String text) {
        int between = text.indexOf(BETWEEN);
        if (between < 1 || between + BETWEEN.length() == text.length()) {
            throw Arguments.usage("--outage takes FROM..TO, such as +1h..+1h3m; value=" + SafeText.line(text));
        }
        return new SimulateRequest.Outage(
                instant("--outage", text.substring(0, between)),
                instant("--outage", text.substring(between + BETWEEN.length())));
    }

    String instant(String flag, String text) {
        try {
            if (text.startsWith("+")) {
                return DurationText.format(DurationText.parse(text.substring(1)));
            }
            InstantText.Parsed parsed = InstantText.parse(text, zone, session.nowMs());
            parsed.note().ifPresent(note -> session.tell("warning: " + flag + ": " + SafeText.line(note)));
            return InstantText.format(parsed.ms());
        } catch (ScheduleFormatException e) {
            throw Arguments.usage(flag + ": " + e.getMessage());
        }
    }
}
