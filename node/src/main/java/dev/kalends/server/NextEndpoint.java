package dev.kalends.server;

import dev.kalends.api.FirePage;
import dev.kalends.api.FireView;
import dev.kalends.job.JobSpec;
import dev.kalends.schedule.InstantText;
import dev.kalends.schedule.NextFires;
import dev.kalends.server.JobFinder.Found;
import dev.kalends.server.JobFinder.Use;
import java.util.List;
import java.util.Set;

/** Answers {@code GET /v1/jobs/{job}/next}: the fires to come of one job. */
final class NextEndpoint {
    private static final int FIRES_DEFAULT = 5;

    private final Services services;
    private final JobFinder finder;

    NextEndpoint(Services services) {
        this.services = services;
        this.finder = new JobFinder(services.partitions());
    }

    /** {@code n} fires that come due at or after {@code from}: an instant in the schedule's zone, or a duration. */
    Answer next(Request request) {
        request.query().allow(Set.of("n", "from"));
        int count = (int) request.query().number("n", FIRES_DEFAULT, 1, NextFires.FIRES_MAX);
        Found found = finder.find(request.parameter("job"), request.scope(), Use.LOOK);
        JobSpec spec = found.row().spec();
        long nowMs = services.clocks().nowMs();
        long fromMs = request.query()
                .one("from")
                .map(text -> Moments.future("from", text, nowMs, FiresAhead.zone(spec.schedule())))
                .orElse(0L);
        List<FireView> fires = new FiresAhead(found.row(), nowMs).from(fromMs, count);
        return Answer.ok(new FirePage(
                InstantText.format(nowMs),
                spec.id().toString(),
                spec.name().name().orElse(null),
                spec.tenant(),
                Views.state(found.row()),
                ScheduleViews.of(spec),
                fires,
                null,
                PauseViews.over(found.handle().reader(), found.row()).orElse(null)));
    }
}
