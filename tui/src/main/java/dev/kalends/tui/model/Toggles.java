package dev.kalends.tui.model;

import java.util.Set;
import java.util.TreeSet;

/**
 * What was switched by a key.
 *
 * @param heat the heat map instead of percentiles
 * @param healthy also leases that are in good health
 * @param acknowledged needs that somebody has seen, by their code
 * @param limit how many items a long list asks for
 */
public record Toggles(boolean heat, boolean healthy, Set<String> acknowledged, int limit) {
    /** How many items a list asks for at first, and how many more each time its end is reached. */
    public static final int PAGE = 500;

    public static final int LIMIT_MAX = 20_000;
    public static final Toggles START = new Toggles(true, false, Set.of(), PAGE);

    public Toggles {
        acknowledged = Set.copyOf(acknowledged);
    }

    public Toggles heatSwitched() {
        return new Toggles(!heat, healthy, acknowledged, limit);
    }

    public Toggles healthySwitched() {
        return new Toggles(heat, !healthy, acknowledged, limit);
    }

    public Toggles acknowledging(String code) {
        Set<String> all = new TreeSet<>(acknowledged);
        all.add(code);
        return new Toggles(heat, healthy, all, limit);
    }

    /** A need that went away is told again when it comes back. */
    public Toggles keeping(Set<String> codes) {
        Set<String> kept = new TreeSet<>(acknowledged);
        kept.retainAll(codes);
        return kept.size() == acknowledged.size() ? this : new Toggles(heat, healthy, kept, limit);
    }

    public Toggles withLimit(int items) {
        return new Toggles(heat, healthy, acknowledged, Math.min(LIMIT_MAX, items));
    }
}
