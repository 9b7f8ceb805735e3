package dev.kalends.schedule;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The zones of the tz database. */
final class TestZones {
    private TestZones() {}

    /** One of each set of zones whose clocks have always agreed, in the order of their names. */
    static List<ZoneId> distinct() {
        List<ZoneId> zones = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            ZoneId zone = ZoneId.of(id);
            if (seen.add(zone.getRules())) {
                zones.add(zone);
            }
        }
        return zones;
    }
}
