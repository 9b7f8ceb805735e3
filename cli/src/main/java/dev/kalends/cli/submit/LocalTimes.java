package dev.kalends.cli.submit;

import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Session;
import dev.kalends.schedule.InstantText;
import dev.kalends.schedule.ScheduleFormatException;
import dev.kalends.tui.text.SafeText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Instants of the command line on their way to the node: with {@code --tz} as typed, because the node knows zones;
 * without, in the zone of this machine, because the node's may be another. What a clock change does to one is said.
 */
final class LocalTimes {
    private final Arguments flags;
    private final Session session;

    LocalTimes(Arguments flags, Session session) {
        this.flags = flags;
        this.session = session;
    }

    /** The instant of a flag; null when it was not given. */
    @Nullable
    String read(String flag) {
        Optional<String> text = flags.text(flag);
        if (text.isEmpty() || flags.has("--tz")) {
            return text.orElse(null);
        }
        try {
            InstantText.Parsed parsed = InstantText.parse(
                    text.get(), session.surroundings().clocks().zone(), session.nowMs());
            parsed.note().ifPresent(note -> session.tell("warning: " + flag + ": " + SafeText.line(note)));
            return InstantText.format(parsed.ms());
        } catch (ScheduleFormatException e) {
            throw Arguments.usage(flag + ": " + e.getMessage());
        }
    }
}
