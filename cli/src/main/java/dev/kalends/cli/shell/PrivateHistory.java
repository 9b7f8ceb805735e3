package dev.kalends.cli.shell;

import java.time.Instant;
import org.jline.reader.impl.history.DefaultHistory;

/** What was typed, without lines that hold a secret: those are kept neither in the file nor in memory. */
final class PrivateHistory extends DefaultHistory {
    @Override
    public void add(Instant time, String line) {
        if (Secrets.mayBeKept(line)) {
            super.add(time, line);
        }
    }
}
