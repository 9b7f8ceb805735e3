package dev.kalends.architecture.planted.job;

import dev.kalends.architecture.planted.partition.Heart;

/** Reaches up, from level 0 to level 3. */
public final class Climber {
    private final Heart heart = new Heart();

    public long reach() {
        return heart.beat();
    }
}
