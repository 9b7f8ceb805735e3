package dev.kalends.sim;

import java.util.Random;

/** Which faults a history has, and how often: drawn from its seed, because all at once would hide each other. */
final class Faults {
    final boolean lossyNetwork;
    final boolean slowNetwork;
    final boolean nodeCrashes;
    final boolean workerCrashes;
    final boolean workerFreezes;
    final boolean clockJumps;
    final boolean slowDisk;
    final boolean fullDisk;
    private final Random random;
    private boolean over;

    Faults(Random random) {
        this.random = random;
        lossyNetwork = random.nextInt(2) == 0;
        slowNetwork = random.nextInt(3) == 0;
        nodeCrashes = random.nextInt(2) == 0;
        workerCrashes = random.nextInt(2) == 0;
        workerFreezes = random.nextInt(2) == 0;
        clockJumps = random.nextInt(3) == 0;
        slowDisk = random.nextInt(4) == 0;
        fullDisk = random.nextInt(5) == 0;
    }

    /** From now on everything works. */
    void end() {
        over = true;
    }

    boolean over() {
        return over;
    }

    boolean now(boolean kind, int oneIn) {
        return !over && kind && random.nextInt(oneIn) == 0;
    }
}
