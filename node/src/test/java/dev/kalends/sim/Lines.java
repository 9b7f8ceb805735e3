package dev.kalends.sim;

import java.util.EnumMap;
import java.util.Map;

/** A node's lines to the rest of the house, each of which can be cut, one way or both. */
final class Lines {
    /** Where a line leads to. */
    enum Line {
        OTHERS,
        JOURNAL,
        COORDINATION
    }

    /** Which way something goes. */
    enum Way {
        /** To the node. */
        IN,
        /** From the node. */
        OUT
    }

    private final Timeline timeline;
    private final Map<Line, Map<Way, Long>> openFromMs = new EnumMap<>(Line.class);

    Lines(Timeline timeline) {
        this.timeline = timeline;
        for (Line line : Line.values()) {
            openFromMs.put(line, new EnumMap<>(Way.class));
        }
    }

    boolean open(Line line, Way way) {
        return timeline.elapsedMs() >= openFromMs.getOrDefault(line, Map.of()).getOrDefault(way, 0L);
    }

    boolean open(Line line) {
        return open(line, Way.IN) && open(line, Way.OUT);
    }

    void cut(Line line, Way way, long ms) {
        openFromMs.getOrDefault(line, Map.of()).put(way, timeline.elapsedMs() + ms);
    }

    /** Cuts a line both ways, or one: as a fault measures. */
    String cut(Line line, Faults faults, int mostMs) {
        long ms = 500L + faults.measure(mostMs);
        int which = faults.measure(4);
        if (which != 0) {
            cut(line, Way.IN, ms);
        }
        if (which != 1) {
            cut(line, Way.OUT, ms);
        }
        return "cut from " + line + (which == 0 ? " outwards" : which == 1 ? " inwards" : "") + " for " + ms;
    }

    void mend() {
        openFromMs.values().forEach(Map::clear);
    }
}
