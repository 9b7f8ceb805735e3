package dev.kalends.tui.list;

import dev.kalends.api.LeaseView;
import dev.kalends.api.RunView;
import dev.kalends.tui.model.Model;
import dev.kalends.tui.model.Timed;
import dev.kalends.tui.text.Spans;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What columns say of runs; what counts down goes on counting between two readings. */
public final class RunCells {
    /** How long a lease is when nobody says, in milliseconds. */
    static final long RUN_TTL_MS = 15_000;

    private static final long LATE_PART = 2;
    private static final int BAR = 8;

    private final Model model;
    private final long readMs;

    RunCells(Model model, Timed<?> read) {
        this.model = model;
        this.readMs = read.atMs();
    }

    private long nowMs() {
        return model.shownAt().wallMs();
    }

    /** A job by its name, or by its id when it has none. */
    public static String jobName(RunView run) {
        return run.jobName() == null ? run.jobId() : run.jobName();
    }

    /** {@code 01k9qf7…@14:00:00}: enough to tell runs on one screen apart. */
    public static String shortId(String run, ZoneId zone) {
        int at = run.indexOf('@');
        if (at < 0) {
            return run;
        }
        String id = run.substring(0, at);
        String rest = run.substring(at + 1);
        int end = rest.indexOf('Z');
        String when = end == 15 || end == 19 ? clock(rest, zone) + rest.substring(end + 1) : rest;
        return (id.length() > 8 ? id.substring(0, 7) + "…" : id) + "@" + when;
    }

    private static String clock(String basic, ZoneId zone) {
        String extended = basic.substring(0, 4) + "-" + basic.substring(4, 6) + "-" + basic.substring(6, 8) + "T"
                + basic.substring(9, 11) + ":" + basic.substring(11, 13) + ":" + basic.substring(13, 15) + "Z";
        long atMs = Spans.ofRfc3339(extended);
        return atMs < 0 ? basic : Spans.clock(atMs, zone);
    }

    Span id(RunView run) {
        return Span.of(shortId(run.id(), model.manner().zone()));
    }

    Span job(RunView run) {
        return Span.of(jobName(run));
    }

    Span attempt(RunView run) {
        return Span.of(run.attempt() + "/" + run.maxAttempts());
    }

    Span skew(RunView run) {
        Long skewMs = run.skewMs();
        return skewMs == null ? Span.dim(Spans.NONE) : new Span("+" + Spans.brief(skewMs), tone(skewMs));
    }

    private Tone tone(long skewMs) {
        long sloMs = model.data().stats().value().map(s -> s.skew().sloMs()).orElse(Long.MAX_VALUE);
        return skewMs > sloMs ? Tone.WARN : Tone.PLAIN;
    }

    /** How long it has been running, or ran. */
    Span running(RunView run) {
        long startedMs = Spans.ofRfc3339(run.startedAt());
        if (startedMs < 0) {
            return Span.dim(Spans.NONE);
        }
        long endMs = run.finishedAt() == null ? nowMs() : Spans.ofRfc3339(run.finishedAt());
        return Span.of(Spans.brief(Math.max(0, endMs - startedMs)));
    }

    long startedMs(RunView run) {
        return Spans.ofRfc3339(run.startedAt());
    }

    /** What is left of its lease now, in milliseconds; far away when it has none. */
    long leftMs(RunView run) {
        LeaseView lease = run.lease();
        Long left = lease == null ? null : lease.leftMs();
        return left == null ? Long.MAX_VALUE : left - (model.shownAt().elapsedMs() - readMs);
    }

    /** Counts down from what was read; what ran out only because it was not read for long is no alarm. */
    Span left(RunView run) {
        long leftMs = leftMs(run);
        if (leftMs == Long.MAX_VALUE) {
            return Span.dim(Spans.NONE);
        }
        long ageMs = model.shownAt().elapsedMs() - readMs;
        if (leftMs <= 0 && leftMs + ageMs > 0) {
            return Span.dim("read " + Spans.brief(ageMs) + " ago");
        }
        LeaseView lease = run.lease();
        return lease != null && Boolean.TRUE.equals(lease.released())
                ? Span.warn("released " + Spans.brief(Math.max(0, leftMs)))
                : bar(leftMs, RUN_TTL_MS, BAR);
    }

    /** {@code ████░░░░ 7.0 s}: what is left of a whole; what ran out says so. */
    static Span bar(long leftMs, long wholeMs, int columns) {
        if (leftMs <= 0) {
            return Span.warn("expired " + Spans.brief(-leftMs) + " ago");
        }
        int full = Math.clamp((leftMs * columns + wholeMs - 1) / Math.max(1, wholeMs), 1, columns);
        String text = "█".repeat(full) + "░".repeat(columns - full) + " " + Spans.brief(leftMs);
        return leftMs * LATE_PART < wholeMs ? Span.warn(text + " !") : Span.of(text);
    }

    Span token(RunView run) {
        LeaseView lease = run.lease();
        return lease == null ? Span.dim(Spans.NONE) : Span.of(Long.toString(lease.token()));
    }

    Span grantedBy(RunView run) {
        LeaseView lease = run.lease();
        return lease == null ? Span.dim(Spans.NONE) : Span.dim("e" + lease.epoch());
    }

    /** The state in a word; a lease in its second half has not been renewed as it should. */
    Span state(RunView run) {
        LeaseView lease = run.lease();
        Long readLeftMs = lease == null ? null : lease.leftMs();
        if (lease != null && Boolean.TRUE.equals(lease.released())) {
            return Span.warn("RELEASED");
        }
        if (readLeftMs != null && readLeftMs * LATE_PART < RUN_TTL_MS) {
            return Span.warn("RENEWAL LATE");
        }
        return stateWord(run.state());
    }

    /** A state by sign and word. */
    public static Span stateWord(String state) {
        return switch (state) {
            case "succeeded" -> new Span("✓ succeeded", Tone.GOOD);
            case "dead" -> new Span("✗ dead", Tone.WARN);
            case "running", "leased" -> new Span("▶ running", Tone.GOOD);
            case "retrying" -> new Span("R retrying", Tone.WARN);
            case "ready" -> Span.of("· ready");
            default -> Span.dim("- " + state);
        };
    }

    Span worker(RunView run) {
        return orNone(run.worker());
    }

    Span tenant(RunView run) {
        return Span.of(run.tenant());
    }

    Span nominal(RunView run) {
        return Span.of(moment(run.nominalAt()));
    }

    Span error(RunView run) {
        String text = run.error() != null ? run.error() : run.reason();
        return text == null ? Span.EMPTY : Span.dim(text);
    }

    String moment(@Nullable String at) {
        return Spans.moment(Spans.ofRfc3339(at), nowMs(), model.manner().zone());
    }

    static Span orNone(@Nullable String text) {
        return text == null ? Span.dim(Spans.NONE) : Span.of(text);
    }

    /** Columns of runs that are executing. */
    List<Column<RunView>> running() {
        return List.of(
                Column.fixed("RUN", 17, this::id),
                Column.wide("JOB", 14, this::job),
                Column.fixed("TRY", 5, this::attempt),
                Column.fixed("RUNNING", 8, this::running),
                Column.fixed("LEASE", 16, this::left),
                Column.fixed("STATE", 12, this::state),
                Column.spare("SKEW", 9, this::skew),
                Column.spare("WORKER", 12, this::worker),
                Column.spare("TENANT", 10, this::tenant));
    }
}
