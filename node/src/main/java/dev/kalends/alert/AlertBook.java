package dev.kalends.alert;

import dev.kalends.need.Need;
import dev.kalends.need.Sight;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The state of each alert, and which of it has not been told yet: one state for each code, so that a receiver that was
 * away gets the latest and nothing piles up.
 *
 * <p>Pure but for its own memory: time is handed in. One thread judges and another tells, so all of it is synchronized.
 */
final class AlertBook {
    private static final String BEFORE = "it stood when this node started";

    private final AlertTerms terms;
    private final Map<Watched, Line> lineByWatched = new EnumMap<>(Watched.class);

    /** The moment of a judgement, by both clocks. */
    record Moment(long wallMs, long ns) {}

    private static final class Line {
        private Optional<Long> seenSinceNs = Optional.empty();
        private Optional<Long> seenSinceMs = Optional.empty();
        private Optional<Long> awaySinceNs = Optional.empty();
        private boolean lasts;
        private long beganMs;
        private Optional<Long> endedMs = Optional.empty();
        private long endedNs;
        private Optional<Need> need = Optional.empty();
        private boolean beginWasTold;
        private long amountTold;
        private long toldNs;
        private long change;
        private long toldChange;
    }

    AlertBook(AlertTerms terms) {
        this.terms = terms;
        for (Watched watched : Watched.values()) {
            lineByWatched.put(watched, new Line());
        }
    }

    /** Takes over what stood when the node ended; told again, because nobody knows whether it was. */
    synchronized void resume(Map<String, Long> beganMsByCode) {
        beganMsByCode.forEach((code, beganMs) -> Watched.of(code).ifPresent(watched -> {
            Line line = line(watched);
            line.lasts = true;
            line.beganMs = beganMs;
            line.need = Optional.of(new Need(code, 0, BEFORE, "kalends status"));
            line.change++;
        }));
    }

    /** What lasts, to be taken over by {@link #resume}. */
    synchronized Map<String, Long> lasting() {
        Map<String, Long> beganMsByCode = new TreeMap<>();
        lineByWatched.forEach((watched, line) -> {
            if (line.lasts) {
                beganMsByCode.put(watched.code(), line.beganMs);
            }
        });
        return beganMsByCode;
    }

    /** Goes on with what was seen. What could not be judged stays as it was. */
    synchronized void judge(Sight sight, Moment at) {
        lineByWatched.forEach((watched, line) -> {
            Optional<Need> need = sight.needs().stream()
                    .filter(one -> one.code().equals(watched.code()))
                    .findFirst();
            if (need.isPresent()) {
                seen(watched, line, need.get(), at);
            } else if (sight.whole() || watched == Watched.NO_LEADER) {
                away(line, at);
            }
        });
    }

    private void seen(Watched watched, Line line, Need need, Moment at) {
        line.awaySinceNs = Optional.empty();
        line.need = Optional.of(need);
        if (line.lasts) {
            boolean more = line.beginWasTold && need.amount() > line.amountTold;
            if (more && line.change == line.toldChange && passed(line.toldNs, at.ns(), terms.moreAfterMs())) {
                line.change++;
            }
            return;
        }
        if (line.seenSinceNs.isEmpty()) {
            line.seenSinceNs = Optional.of(at.ns());
            line.seenSinceMs = Optional.of(at.wallMs());
        }
        if (passed(line.seenSinceNs.get(), at.ns(), terms.beginAfterMs(watched))) {
            line.lasts = true;
            line.beganMs = line.seenSinceMs.orElse(at.wallMs());
            line.endedMs = Optional.empty();
            line.beginWasTold = false;
            line.change++;
        }
    }

    private void away(Line line, Moment at) {
        line.seenSinceNs = Optional.empty();
        line.seenSinceMs = Optional.empty();
        if (!line.lasts) {
            return;
        }
        if (line.awaySinceNs.isEmpty()) {
            line.awaySinceNs = Optional.of(at.ns());
        }
        if (passed(line.awaySinceNs.get(), at.ns(), terms.endAfterMs())) {
            line.lasts = false;
            line.awaySinceNs = Optional.empty();
            line.endedMs = Optional.of(at.wallMs());
            line.endedNs = at.ns();
            line.change++;
        }
    }

    /** From now on this node tells: what lasts, and what ended lately, may not have been told by the other. */
    synchronized void takeOver(Moment at) {
        lineByWatched.values().forEach(line -> {
            boolean endedLately = line.endedMs.isPresent() && !passed(line.endedNs, at.ns(), terms.rememberedMs());
            if (line.lasts || endedLately) {
                line.beginWasTold = false;
                line.change++;
            } else {
                line.toldChange = line.change;
            }
        });
    }

    /** The gravest that is still to be told. */
    synchronized Optional<Tidings> next() {
        for (Map.Entry<Watched, Line> entry : lineByWatched.entrySet()) {
            Line line = entry.getValue();
            if (line.change != line.toldChange && line.need.isPresent()) {
                return Optional.of(tidings(entry.getKey(), line, line.need.get()));
            }
        }
        return Optional.empty();
    }

    private static Tidings tidings(Watched watched, Line line, Need need) {
        Tidings.Event event =
                !line.lasts ? Tidings.Event.END : line.beginWasTold ? Tidings.Event.MORE : Tidings.Event.BEGIN;
        return new Tidings(
                watched,
                event,
                line.change,
                line.lasts ? need.amount() : 0,
                need.what(),
                need.todo(),
                line.beganMs,
                line.lasts ? Optional.empty() : line.endedMs);
    }

    /** The receiver has it. */
    synchronized void told(Tidings tidings, long nowNs) {
        Line line = line(tidings.watched());
        line.toldNs = nowNs;
        line.amountTold = tidings.amount();
        line.beginWasTold = tidings.event() != Tidings.Event.END;
        if (line.change == tidings.change()) {
            line.toldChange = line.change;
        }
    }

    private Line line(Watched watched) {
        return lineByWatched.computeIfAbsent(watched, _ -> new Line());
    }

    private static boolean passed(long sinceNs, long nowNs, long ms) {
        return nowNs - sinceNs >= TimeUnit.MILLISECONDS.toNanos(ms);
    }
}
