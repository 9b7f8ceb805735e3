package dev.kalends.cli.submit;

import dev.kalends.cli.command.Session;
import dev.kalends.cli.io.Printer;
import dev.kalends.cli.io.TerminalFacts;
import dev.kalends.schedule.DurationText;
import java.util.Locale;

/**
 * A progress line on stderr, redrawn in place: share, lines, rate, time left. Silent where stderr is no terminal or
 * cannot move its cursor.
 */
final class Progress {
    private static final long REDRAW_NS = 100_000_000L;
    private static final long NS_PER_S = 1_000_000_000L;
    private static final int BAR_WIDTH = 20;
    private static final String CLEAR = "\r\u001b[K";

    private final Session session;
    private final Printer err;
    private final CountedInput input;
    private final long totalBytes;
    private final boolean shown;
    private final boolean shared;
    private final long startNs;
    private long drawnNs;
    private boolean standing;

    /**
     * Begins.
     *
     * @param totalBytes the size of the input; 0 when unknown
     */
    Progress(Session session, CountedInput input, long totalBytes) {
        this.session = session;
        this.err = session.surroundings().err();
        this.input = input;
        this.totalBytes = totalBytes;
        TerminalFacts terminal = session.surroundings().terminal();
        String kind = session.surroundings().environment().get("TERM").orElse("dumb");
        this.shown = terminal.err() && !kind.equals("dumb");
        this.shared = shown && terminal.out();
        this.startNs = nowNs();
        this.drawnNs = startNs;
    }

    /** Makes way for a line of output where both go to the same screen. */
    void clearForLine() {
        if (standing && shared) {
            err.print(CLEAR).flush();
            standing = false;
        }
    }

    /** Draws, if it is time to. */
    void show(long lines, long failed) {
        long now = nowNs();
        if (!shown || now - drawnNs < REDRAW_NS) {
            return;
        }
        drawnNs = now;
        if (shared) {
            session.surroundings().out().flush();
        }
        err.print(CLEAR + text(lines, failed, now - startNs)).flush();
        standing = true;
    }

    /** Takes the line away. */
    void end() {
        if (standing) {
            err.print(CLEAR).flush();
            standing = false;
        }
    }

    private String text(long lines, long failed, long passedNs) {
        StringBuilder text = new StringBuilder();
        double rate = lines * (double) NS_PER_S / Math.max(1, passedNs);
        if (totalBytes > 0) {
            double share = Math.clamp((double) input.bytes() / totalBytes, 0.0, 1.0);
            int full = (int) (share * BAR_WIDTH);
            text.append('[').repeat('#', full).repeat('.', BAR_WIDTH - full).append("] ");
            text.append((int) (share * 100)).append("%  ");
        }
        text.append(String.format(Locale.ROOT, "%,d lines  %,.0f/s", lines, rate));
        if (failed > 0) {
            text.append(String.format(Locale.ROOT, "  %,d failed", failed));
        }
        if (totalBytes > 0 && input.bytes() > 0) {
            double leftNs = passedNs * ((double) totalBytes / input.bytes() - 1);
            long leftS = Math.max(0, Math.round(leftNs / NS_PER_S));
            text.append("  ").append(DurationText.words(leftS * 1000)).append(" left");
        }
        return text.toString();
    }

    private long nowNs() {
        return session.surroundings().clocks().monotonic().nowNs();
    }
}
