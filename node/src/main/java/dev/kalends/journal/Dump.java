package dev.kalends.journal;

import java.util.EnumSet;
import java.util.Set;

/**
 * What is streamed of a store's state, as changes.
 *
 * @param parts which of it, in the order of {@link Part}
 * @param historyMax only so many lines of history, the newest
 */
public record Dump(Set<Part> parts, long historyMax) {
    /** The keyed state: the same on every replica at the same position. */
    public static final Dump KEYED = new Dump(EnumSet.of(Part.SPECS, Part.STATE), 0);
    /** Everything. */
    public static final Dump ALL = new Dump(EnumSet.allOf(Part.class), Long.MAX_VALUE);

    /** A portion of a store. In this order no part needs a later one. */
    public enum Part {
        /**
         * All generations of all jobs, those of a job one after the other. Jobs that hold their name come after those
         * that had the same name before them.
         */
        SPECS,
        /** Lines of history, oldest first: before the states of their jobs, which say what nothing remembers. */
        HISTORY,
        /** All else. */
        STATE
    }

    public Dump {
        parts = Set.copyOf(parts);
    }

    /** Everything, but of history only the newest lines. */
    public static Dump allBut(long historyMax) {
        return new Dump(EnumSet.allOf(Part.class), historyMax);
    }

    /** A single part. */
    public static Dump only(Part part) {
        return new Dump(EnumSet.of(part), Long.MAX_VALUE);
    }
}
