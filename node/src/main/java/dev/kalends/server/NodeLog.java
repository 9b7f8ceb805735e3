package dev.kalends.server;

/** Where a node says what happens to it, for whoever runs it. Called from any thread. */
@FunctionalInterface
public interface NodeLog {
    /** How much a line matters. */
    enum Level {
        INFO,
        WARN,
        ERROR
    }

    /** One line, without secrets. */
    void line(Level level, String text);

    default void info(String text) {
        line(Level.INFO, text);
    }

    default void warn(String text) {
        line(Level.WARN, text);
    }

    /** With what is known of the cause, for the log only: no caller of the API ever sees it. */
    default void error(String text, Throwable cause) {
        StringBuilder line = new StringBuilder(text).append("; cause=").append(cause);
        int frames = 0;
        for (StackTraceElement frame : cause.getStackTrace()) {
            if (frames++ < 6) {
                line.append(" at ").append(frame);
            }
        }
        line(Level.ERROR, line.toString());
    }
}
