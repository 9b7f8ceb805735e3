package dev.kalends.server;

import dev.kalends.api.ForecastView;
import dev.kalends.api.PauseView;
import dev.kalends.forecast.Outlook;
import dev.kalends.journal.Buckets;
import dev.kalends.schedule.InstantText;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows forecasts as the API does. */
final class ForecastViews {
    private ForecastViews() {}

    /** Who asked when, and the pauses in force over it. */
    record Asked(Optional<String> tenant, long nowMs, List<PauseView> pauses) {}

    static ForecastView of(Outlook outlook, Asked asked, long tookMs) {
        Buckets buckets = outlook.buckets();
        int peak = 0;
        long fires = 0;
        for (int i = 0; i < buckets.count(); i++) {
            fires += outlook.in(i);
            peak = outlook.in(i) > outlook.in(peak) ? i : peak;
        }
        return new ForecastView(
                InstantText.format(asked.nowMs()),
                asked.tenant().orElse(null),
                InstantText.format(buckets.originMs()),
                InstantText.format(buckets.untilMs()),
                buckets.stepMs(),
                outlook.repeatingJobs(),
                outlook.pausedJobs(),
                outlook.estimated(),
                fires,
                outlook.walls().typical(),
                fires == 0 ? null : new ForecastView.Peak(InstantText.format(buckets.startMs(peak)), outlook.in(peak)),
                outlook.walls().count(),
                outlook.walls().highest().stream()
                        .map(wall -> wall(outlook, wall))
                        .toList(),
                list(outlook.repeating()),
                list(outlook.once()),
                tookMs,
                asked.pauses());
    }

    private static ForecastView.Wall wall(Outlook outlook, Outlook.Wall wall) {
        return new ForecastView.Wall(
                InstantText.format(outlook.buckets().startMs(wall.bucket())),
                wall.fires(),
                outlook.once()[wall.bucket()],
                wall.shares().stream().map(ForecastViews::share).toList(),
                splay(wall));
    }

    private static ForecastView.Share share(Outlook.Share share) {
        return new ForecastView.Share(
                ScheduleViews.of(share.source().schedule(), 0),
                share.source().splayMs(),
                Math.min(share.source().jobs(), share.fires()),
                share.fires());
    }

    private static ForecastView.@Nullable Splay splay(Outlook.Wall wall) {
        return wall.relief()
                .map(relief -> new ForecastView.Splay(relief.splayMs(), relief.jobs(), relief.peak()))
                .orElse(null);
    }

    private static List<Long> list(long[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }
}
