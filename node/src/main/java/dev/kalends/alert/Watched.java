package dev.kalends.alert;

import dev.kalends.need.Need;
import java.util.Arrays;
import java.util.Optional;

/** What is told to the webhook, the gravest first. */
enum Watched {
    LEDGER_GAP(Need.LEDGER_GAP, "critical"),
    NO_LEADER(Need.NO_LEADER, "critical"),
    DEAD_LETTERS(Need.DEAD_LETTERS, "warning"),
    SKEW_BREACH(Need.SKEW_BREACH, "warning");

    private final String code;
    private final String severity;

    Watched(String code, String severity) {
        this.code = code;
        this.severity = severity;
    }

    String code() {
        return code;
    }

    String severity() {
        return severity;
    }

    static Optional<Watched> of(String code) {
        return Arrays.stream(values()).filter(one -> one.code.equals(code)).findFirst();
    }
}
