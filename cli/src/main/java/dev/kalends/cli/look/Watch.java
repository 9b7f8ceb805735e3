package dev.kalends.cli.look;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.io.Printer;
import dev.kalends.cli.output.Rendering;
import dev.kalends.cli.output.Times;
import dev.kalends.tui.text.SafeText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Shows the same thing again and again until the command is interrupted. A terminal is redrawn in one write; where
 * cursor movement is unwanted, and in a pipe, one answer follows the other.
 *
 * <p>A node that does not answer is said in place and asked again; any other error ends it.
 */
public final class Watch {
    static final long PERIOD_MS = 2_000;
    private static final String HOME = "\u001b[H";
    private static final String CLEAR_ALL = "\u001b[2J";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final Pause pause;

    /** Waits between two looks. */
    @FunctionalInterface
    interface Pause {
        void pause(long ms) throws InterruptedException;
    }

    public Watch() {
        this(TimeUnit.MILLISECONDS::sleep);
    }

    Watch(Pause pause) {
        this.pause = pause;
    }

    /** Repeats until interrupted. */
    public void run(Session session, Consumer<Rendering> picture) throws InterruptedException {
        Rendering to = session.rendering();
        boolean redraw = to.forPeople() && !to.terminal().plain();
        Printer out = to.out();
        if (redraw) {
            out.print(HOME + CLEAR_ALL);
        }
        while (true) {
            String text = draw(to, picture);
            if (redraw) {
                out.print(HOME + text.replace("\n", CLEAR_LINE + "\n") + CLEAR_BELOW);
            } else {
                out.print(text).print(to.forPeople() ? "\n" : "");
            }
            out.flush();
            pause.pause(PERIOD_MS);
        }
    }

    private static String draw(Rendering to, Consumer<Rendering> picture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Printer buffer = new Printer(bytes);
        try {
            picture.accept(new Rendering(buffer, to.terminal(), to.format(), to.quiet()));
        } catch (ApiException e) {
            boolean passing = e.code() == ErrorCode.UNREACHABLE || e.code() == ErrorCode.UNAVAILABLE;
            if (!passing || !to.forPeople()) {
                throw e;
            }
            buffer.line(e.code().word() + ": " + SafeText.line(e.message()) + "; trying again");
        }
        buffer.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The line that people see above what is watched. */
    public static String heading(Session session) {
        return Times.local(session.nowMs(), session.nowMs(), session.zone()) + "   every " + PERIOD_MS / 1000
                + "s, Ctrl-C ends";
    }
}
