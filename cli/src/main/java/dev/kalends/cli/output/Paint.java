package dev.kalends.cli.output;

/** A colour by its meaning. The words beside it always say the same: a colour never carries meaning alone. */
public enum Paint {
    PLAIN(""),
    GOOD("32"),
    BAD("31"),
    CAUTION("33"),
    ACTIVE("36"),
    DIM("2"),
    STRONG("1");

    private final String code;

    Paint(String code) {
        this.code = code;
    }

    /** The text in this colour, for a terminal that wants colours. */
    public String on(String text) {
        return code.isEmpty() || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }

    /** The colour of a job's or a run's state. */
    public static Paint ofState(String state) {
        return switch (state) {
            case "succeeded" -> GOOD;
            case "dead", "missed" -> BAD;
            case "retrying", "skipped", "paused" -> CAUTION;
            case "running", "ready" -> ACTIVE;
            case "cancelled", "finished" -> DIM;
            default -> PLAIN;
        };
    }
}
