package dev.kalends.lease;

import java.util.Optional;

/**
 * How many nodes keep a replica of a partition beside the one that leads it. All nodes of a cluster have the same.
 *
 * @param nodes from 0 on; {@link #ALL} has no bound
 */
public record Standby(int nodes) {
    /** Every node keeps a replica of every partition. */
    public static final Standby ALL = new Standby(Integer.MAX_VALUE);

    /** The most that can be asked for by number. */
    public static final int NODES_MAX = 100;

    private static final String ALL_WORD = "all";

    public Standby {
        if (nodes < 0 || (nodes > NODES_MAX && nodes != Integer.MAX_VALUE)) {
            throw new IllegalArgumentException("standby nodes are 0 to " + NODES_MAX + ", or all; nodes=" + nodes);
        }
    }

    /** Reads a number, or {@code all}; empty when it is neither. */
    public static Optional<Standby> parse(String text) {
        if (text.equals(ALL_WORD)) {
            return Optional.of(ALL);
        }
        boolean digits = text.matches("[0-9]{1,3}");
        return digits && Integer.parseInt(text) <= NODES_MAX
                ? Optional.of(new Standby(Integer.parseInt(text)))
                : Optional.empty();
    }

    public boolean isAll() {
        return nodes == Integer.MAX_VALUE;
    }

    /** How many of some members hold a partition. */
    int holders(int members) {
        return isAll() ? members : Math.min(members, 1 + nodes);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return isAll() ? ALL_WORD : Integer.toString(nodes);
    }
}
