package dev.kalends.cli.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.command.Settings;
import dev.kalends.cli.io.TerminalFacts;
import dev.kalends.cli.output.Format;
import dev.kalends.cli.testing.Capture;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How what is watched is drawn again, and what an error does. */
final class WatchTest {
    private final Capture capture = new Capture();
    private int round;

    private Session session(TerminalFacts terminal) {
        Settings settings = new Settings(
                new Settings.Target(
                        List.of(URI.create("http://127.0.0.1:1")), Optional.empty(), Optional.empty(), 1_000),
                new Settings.Manner(Format.AUTO, false, false, false, true));
        return new Session(capture.surroundings(Map.of(), terminal), settings);
    }

    private String watchTwice(TerminalFacts terminal, ErrorCode second) {
        Watch watch = new Watch(ms -> {
            if (round == 2) {
                throw new InterruptedException();
            }
        });
        assertThrows(
                InterruptedException.class,
                () -> watch.run(session(terminal), to -> {
                    round++;
                    if (round == 2) {
                        throw new ApiException(second, "gone; why=x", "");
                    }
                    to.out().line("picture " + round);
                }));
        return capture.out();
    }

    @Test
    void redrawsInPlaceAndSaysWhenTheNodeIsAway() {
        TerminalFacts terminal = new TerminalFacts(true, true, true, 80, false);
        assertEquals(
                "\u001b[H\u001b[2J\u001b[Hpicture 1\u001b[K\n\u001b[J"
                        + "\u001b[Hunreachable: gone; why=x; trying again\u001b[K\n\u001b[J",
                watchTwice(terminal, ErrorCode.UNREACHABLE));
    }

    @Test
    void movesNoCursorWhereThatIsUnwanted() {
        TerminalFacts terminal = new TerminalFacts(true, true, true, 80, true);
        assertEquals(
                "picture 1\n\nunavailable: gone; why=x; trying again\n\n", watchTwice(terminal, ErrorCode.UNAVAILABLE));
    }

    @Test
    void anErrorThatStaysEndsIt() {
        TerminalFacts terminal = new TerminalFacts(true, true, true, 80, true);
        Watch watch = new Watch(ms -> {});
        ApiException refused = new ApiException(ErrorCode.FORBIDDEN, "no", "");
        ApiException thrown = assertThrows(
                ApiException.class,
                () -> watch.run(session(terminal), to -> {
                    throw refused;
                }));
        assertEquals(refused, thrown);
    }
}
