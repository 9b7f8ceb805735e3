package dev.kalends.cli.io;

import dev.kalends.time.MonotonicClock;
import dev.kalends.time.WallClock;
import java.time.ZoneId;

/** The clocks, and the zone in which a person reads them. */
public record Clocks(WallClock wall, MonotonicClock monotonic, ZoneId zone) {}
