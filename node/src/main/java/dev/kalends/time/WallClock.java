package dev.kalends.time;

/** The time of day: decides <em>when</em> something is due. It may jump; never measure a duration with it. */
@FunctionalInterface
public interface WallClock {
    /** UTC milliseconds since 1970-01-01T00:00:00Z. */
    long nowMs();

    /** The machine's own clock. */
    static WallClock system() {
        return System::currentTimeMillis;
    }
}
