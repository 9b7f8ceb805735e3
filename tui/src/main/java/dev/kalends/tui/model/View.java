package dev.kalends.tui.model;

import java.util.Optional;

/** A screen of the console; the first seven are reached by their digit. */
public enum View {
    OVERVIEW("Overview", 2),
    JOBS("Jobs", 1),
    RUNS("Runs", 1),
    LEASES("Leases", 2),
    DEAD("Dead", 2),
    NODES("Nodes", 2),
    TENANTS("Tenants", 1),
    /** One job; the place's subject is its id. */
    JOB("Job", 1),
    /** One run; the place's subject is its id. */
    RUN("Run", 1);

    /** How many views a digit reaches. */
    public static final int DIGITS = 7;

    private final String title;
    private final int panels;

    View(String title, int panels) {
        this.title = title;
        this.panels = panels;
    }

    public String title() {
        return title;
    }

    /** How many lists it has that a cursor can be in. */
    public int panels() {
        return panels;
    }

    /** The view of a digit, from 1. */
    public static Optional<View> ofDigit(int digit) {
        return digit >= 1 && digit <= DIGITS ? Optional.of(values()[digit - 1]) : Optional.empty();
    }
}
