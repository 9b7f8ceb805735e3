package dev.kalends.schedule;

/** How much a property test tries: a sample in every build, all of it with {@code -Dkalends.depth=full}. */
final class TestDepth {
    private static final boolean FULL = "full".equals(System.getProperty("kalends.depth"));

    private TestDepth() {}

    /** The number for every build, or the one for the full depth. */
    static int of(int sample, int full) {
        return FULL ? full : sample;
    }

    /** Says what was done, where that is asked for. */
    static void report(String what) {
        if (FULL) {
            System.out.println(what);
        }
    }
}
