package dev.kalends.tui.main;

import dev.kalends.client.ClientSettings;
import dev.kalends.time.WallClock;
import dev.kalends.tui.model.Manner;

/**
 * What the console is started with.
 *
 * @param frameMs shortest time between two frames
 */
public record TopSettings(ClientSettings client, WallClock wall, Manner manner, long frameMs) {
    /** Four frames a second. */
    public static final long FRAME_MS = 250;

    /** One frame a second, for slow lines. */
    public static final long SLOW_FRAME_MS = 1_000;
}
