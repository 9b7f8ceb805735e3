package dev.kalends.cli.history;

/** What can be wrong with a history. */
public enum Fault {
    /** A target without its complete run. */
    LOST,
    /** A target whose run started after its window. */
    LATE,
    /** A run that was completed more than once, or that is on record more than once. */
    DOUBLED,
    /** A run that started before its instant. */
    EARLY,
    /** An execution or a record that no target and no attempt explains. */
    UNEXPLAINED;

    /** As it stands in reports. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
