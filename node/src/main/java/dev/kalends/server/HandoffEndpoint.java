package dev.kalends.server;

import dev.kalends.api.HandoffView;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.schedule.InstantText;
import java.util.Set;

/** Answers {@code GET /v1/handoff}: what happened during a shift. */
final class HandoffEndpoint {
    private static final String SINCE_DEFAULT = "12h";

    private final Services services;

    HandoffEndpoint(Services services) {
        this.services = services;
    }

    Answer report(Request request) {
        request.query().allow(Set.of("since"));
        long sinceMs = Moments.past(
                "since",
                request.query().one("since").orElse(SINCE_DEFAULT),
                services.clocks().nowMs());
        ShiftReading reading = new ShiftReading(
                new JobNames(services.partitions()),
                request.scope(),
                sinceMs,
                services.meters().sloMs());
        for (PartitionHandle handle : services.partitions().all()) {
            reading.read(handle.reader());
        }
        HandoffView view = reading.view(services.asOf(), InstantText.format(sinceMs));
        return Answer.ok(view);
    }
}
