package dev.kalends.architecture.planted.sqlite;

import dev.kalends.architecture.planted.runqueue.Line;

/** An adapter that knows another port than its own. */
public final class Leaky {
    private final Line line = new Line(1);

    public int length() {
        return line.length();
    }
}
