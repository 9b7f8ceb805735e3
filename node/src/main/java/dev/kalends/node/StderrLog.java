package dev.kalends.node;

import dev.kalends.schedule.InstantText;
import dev.kalends.server.NodeLog;
import dev.kalends.time.WallClock;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * A node's log as lines of text: instant, level, what happened. Control characters of strangers are replaced. For the
 * journal of systemd a line begins with its priority instead, as {@code sd-daemon(3)} has it: the journal knows the
 * time.
 */
public final class StderrLog implements NodeLog {
    private final PrintStream out;
    private final WallClock clock;
    private final Form form;

    /** How a line begins. */
    enum Form {
        TEXT,
        JOURNAL
    }

    public StderrLog(PrintStream out, WallClock clock) {
        this(out, clock, Form.TEXT);
    }

    StderrLog(PrintStream out, WallClock clock, Form form) {
        this.out = out;
        this.clock = clock;
        this.form = form;
    }

    /** The log of this process on its stderr, in the form that whoever reads it wants. */
    public static StderrLog ofProcess(Map<String, String> valueByName, WallClock clock) {
        boolean journal = JournalStream.isStderr(valueByName.getOrDefault("JOURNAL_STREAM", ""));
        return new StderrLog(System.err, clock, journal ? Form.JOURNAL : Form.TEXT);
    }

    @Override
    public void line(Level level, String text) {
        StringBuilder line = new StringBuilder(text.length() + 40);
        switch (form) {
            case TEXT -> {
                line.append(InstantText.format(clock.nowMs())).append(' ');
                line.append(level.name().toLowerCase(Locale.ROOT)).append(' ');
            }
            case JOURNAL -> line.append('<').append(priority(level)).append('>');
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            line.append(Character.isISOControl(c) ? ' ' : c);
        }
        out.println(line);
    }

    /** As {@code syslog(3)} numbers them. */
    private static int priority(Level level) {
        return switch (level) {
            case ERROR -> 3;
            case WARN -> 4;
            case INFO -> 6;
        };
    }

    /** Brings what the packages below say through {@link System.Logger} into the same lines, without stack traces. */
    public void captureSystemLogger() {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(java.util.logging.Level.INFO);
        root.addHandler(new Lines(this));
    }

    private static final class Lines extends Handler {
        private final StderrLog log;
        private final SimpleFormatter formatter = new SimpleFormatter();

        Lines(StderrLog log) {
            this.log = log;
        }

        @Override
        public void publish(LogRecord record) {
            int level = record.getLevel().intValue();
            String text = formatter.formatMessage(record);
            if (level >= java.util.logging.Level.SEVERE.intValue() && record.getThrown() != null) {
                log.error(text, record.getThrown());
            } else if (level >= java.util.logging.Level.WARNING.intValue()) {
                log.warn(text);
            } else if (level >= java.util.logging.Level.INFO.intValue()) {
                log.info(text);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
