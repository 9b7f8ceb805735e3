package dev.kalends.server;

import dev.kalends.api.FireView;
import dev.kalends.job.JobPhase;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.Schedule;
import dev.kalends.job.Window;
import dev.kalends.journal.StoreReader.JobRow;
import dev.kalends.schedule.DurationText;
import dev.kalends.schedule.FireTimes;
import dev.kalends.schedule.InstantText;
import dev.kalends.schedule.NextFires;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The fires to come of one job: its schedule with its own seed, within its window, less the fires it has had, moved by
 * its splay. A paused job shows what would fire if it were resumed now.
 */
final class FiresAhead {
    private static final ZoneId UTC = ZoneId.of("UTC");

    private final JobRow row;
    private final long nowMs;

    FiresAhead(JobRow row, long nowMs) {
        this.row = row;
        this.nowMs = nowMs;
    }

    /** The zone in which a schedule is read. */
    static ZoneId zone(Schedule schedule) {
        return switch (schedule) {
            case Schedule.Cron cron -> cron.zone();
            case Schedule.Except except -> except.zone();
            case Schedule.Once _, Schedule.Every _, Schedule.Manual _ -> UTC;
        };
    }

    /** At most so many of the fires that come due at or after an instant. */
    List<FireView> from(long fromMs, int count) {
        JobSpec spec = row.spec();
        return switch (spec.schedule()) {
            case Schedule.Manual _ -> List.of();
            case Schedule.Once once ->
                waiting(once, fromMs).stream().limit(count).toList();
            case Schedule.Every _, Schedule.Cron _, Schedule.Except _ -> repeated(fromMs, count);
        };
    }

    private List<FireView> waiting(Schedule.Once once, long fromMs) {
        Optional<JobState.NextFire> held = row.state().flatMap(JobState::paused).flatMap(JobState.Paused::next);
        OptionalLong dueMs = held.isPresent() ? OptionalLong.of(held.get().dueMs()) : Views.nextDueMs(row);
        return dueMs.isPresent() && dueMs.getAsLong() >= fromMs
                ? List.of(view(once.atMs(), Optional.empty()))
                : List.of();
    }

    private List<FireView> repeated(long fromMs, int count) {
        Optional<JobState> state = row.state().filter(this::mayFire);
        if (state.isEmpty()) {
            return List.of();
        }
        JobSpec spec = row.spec();
        Window window = spec.window();
        long decidedMs = state.get()
                .next()
                .map(next -> next.nominalMs() - 1)
                .orElseGet(() -> Math.max(state.get().lastNominalMs(), nowMs - spec.movedMs()));
        long afterMs = Math.max(decidedMs, fromMs - spec.movedMs() - 1);
        long fired = state.get().fired();
        if (window.maxRuns().isPresent() && afterMs > decidedMs) {
            fired += FireTimes.of(spec.schedule(), spec.hashSeed()).countBetween(decidedMs, afterMs);
        }
        List<FireView> fires = new ArrayList<>();
        for (NextFires.Fire fire :
                NextFires.of(spec.schedule(), spec.hashSeed()).after(afterMs, window, fired, count)) {
            fires.add(view(fire.atMs(), fire.note()));
        }
        return fires;
    }

    private boolean mayFire(JobState state) {
        return state.next().isPresent() || state.phase() == JobPhase.PAUSED;
    }

    private FireView view(long nominalMs, Optional<String> clockNote) {
        long dueMs = row.spec().dueMs(nominalMs);
        ZoneId zone = zone(row.spec().schedule());
        List<String> notes = new ArrayList<>(clockNote.stream().toList());
        if (dueMs != nominalMs) {
            String by = row.spec().movedMs() == 0
                    ? "accepted after "
                    : "splay, " + DurationText.words(dueMs - nominalMs) + " after ";
            notes.add(by + InstantText.local(nominalMs, zone));
        }
        return new FireView(
                InstantText.format(dueMs),
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                        Instant.ofEpochMilli(dueMs).atZone(zone)),
                dueMs - nowMs,
                notes.isEmpty() ? null : String.join("; ", notes),
                InstantText.format(nominalMs));
    }
}
