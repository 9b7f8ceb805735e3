package dev.kalends.timer;

import java.util.SplittableRandom;

/** Delays spread evenly over an hour, the same for every timer that is measured. */
final class Delays {
    static final long START_MS = 1_800_000_000_000L;
    static final int HORIZON_MS = 3_600_000;
    /** Operations of one invocation. */
    static final int BATCH = 1_000;

    private static final int COUNT = 1 << 16;

    private final int[] delaysMs = new int[COUNT];
    private int next;

    Delays() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < COUNT; i++) {
            delaysMs[i] = random.nextInt(1, HORIZON_MS);
        }
    }

    int nextMs() {
        return delaysMs[next++ & (COUNT - 1)];
    }
}
