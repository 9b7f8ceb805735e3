package dev.kalends.worker;

import java.util.List;

/** Words for exit statuses. */
final class ExitStatus {
    private static final int SIGNAL_BASE = 128;
    private static final List<String> SIGNALS = List.of(
            "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
            "TERM");
    private static final int SIGNAL_MAX = 64;

    private ExitStatus() {}

    /** {@code exit 3}, or {@code signal KILL}: a status of 128 + n is read as signal n, as shells do. */
    static String words(int code) {
        int signal = code - SIGNAL_BASE;
        if (signal < 1 || signal > SIGNAL_MAX) {
            return "exit " + code;
        }
        return "signal " + (signal <= SIGNALS.size() ? SIGNALS.get(signal - 1) : Integer.toString(signal));
    }
}
