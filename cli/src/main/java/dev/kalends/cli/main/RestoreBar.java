package dev.kalends.cli.main;

import dev.kalends.cli.command.Session;
import dev.kalends.cli.io.Printer;
import dev.kalends.node.RestoreProgress;
import java.util.Locale;

/** How a restore goes on, in a line on stderr that is redrawn; silent where that is no terminal. */
final class RestoreBar implements RestoreProgress {
    private static final long REDRAW_NS = 100_000_000L;
    private static final int WIDTH = 20;
    private static final String CLEAR = "\r\u001b[K";

    private final Session session;
    private final Printer err;
    private final boolean shown;
    private long stored;
    private long drawnNs;
    private boolean standing;

    RestoreBar(Session session) {
        this.session = session;
        this.err = session.surroundings().err();
        String kind = session.surroundings().environment().get("TERM").orElse("dumb");
        this.shown = session.surroundings().terminal().err() && !kind.equals("dumb");
        this.drawnNs = nowNs();
    }

    @Override
    public void stored(long changes) {
        stored += changes;
        show(String.format(Locale.ROOT, "stores: %,d changes", stored));
    }

    @Override
    public void journaled(long changes, long of) {
        int full = (int) (WIDTH * changes / Math.max(1, of));
        show("[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] "
                + String.format(Locale.ROOT, "journal: %,d of %,d changes", changes, of));
    }

    private void show(String text) {
        long now = nowNs();
        if (shown && now - drawnNs >= REDRAW_NS) {
            drawnNs = now;
            err.print(CLEAR + text).flush();
            standing = true;
        }
    }

    /** Takes the line away. */
    void end() {
        if (standing) {
            err.print(CLEAR).flush();
            standing = false;
        }
    }

    private long nowNs() {
        return session.surroundings().clocks().monotonic().nowNs();
    }
}
