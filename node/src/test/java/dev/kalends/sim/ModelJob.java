package dev.kalends.sim;

import dev.kalends.job.CatchUp;
import dev.kalends.job.JobId;
import dev.kalends.job.Overlap;
import dev.kalends.testing.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A job as its client knows it: what was asked, what was answered, and which nominal instants that means. Computed by
 * counting, with nothing of the code under test.
 */
final class ModelJob {
    /** How its instants are counted. */
    enum Kind {
        ONCE,
        EVERY,
        /** Whole minutes whose number in the hour can be divided. */
        CRON_MINUTES,
        /** Whole seconds whose number in the minute can be divided. */
        CRON_SECONDS,
        MANUAL,
        /** Beyond the end of the history. */
        FAR
    }

    /** At most so many of the jobs that name the key run at once, in each partition. */
    static final String LIMIT_KEY = "db";

    static final int LIMIT = 2;
    /** One job in so many takes no slot and ends as it begins. */
    private static final int NOOP_EVERY = 6;

    final Kind kind;
    final Overlap overlap;
    final CatchUp catchUp;
    final boolean deadline;
    final boolean keyed;
    private final long step;
    private final int runs;
    private final Recipe recipe;
    JobId id = new JobId(0);
    long firstMs = -1;
    long submittedElapsedMs;
    long cancelSentElapsedMs = Long.MAX_VALUE;
    long cancelAckedElapsedMs = Long.MAX_VALUE;
    long cancelSentWallMs;
    int manualRequests;
    int backfillRequests;
    boolean everHeld;
    /** An edit begins anew at the leader's clock, which may have gone back: which instants follow is not known then. */
    boolean edited;
    /** Since when its pause is acknowledged; {@link Long#MAX_VALUE} = it may start. */
    long heldSinceElapsedMs = Long.MAX_VALUE;

    /** Requests on their way that end its pause, or give it an end: they may be decided after a pause sent later. */
    int looseningRequests;

    /** How many such requests were ever made: one may be decided after a pause that was sent earlier, too. */
    int loosenings;

    boolean runCancelled;

    ModelJob(Random random, int number) {
        kind = Kind.values()[random.nextInt(Kind.values().length - 1)];
        overlap = Overlap.values()[random.nextInt(Overlap.values().length)];
        catchUp = CatchUp.values()[random.nextInt(CatchUp.values().length)];
        deadline = random.nextInt(6) == 0;
        keyed = random.nextInt(5) == 0;
        runs = 1 + random.nextInt(kind == Kind.CRON_MINUTES ? 2 : 8);
        step = switch (kind) {
            case ONCE -> 1 + random.nextInt(120_000);
            case EVERY -> 500 + random.nextInt(15_000);
            case CRON_MINUTES -> random.nextInt(4) == 0 ? 2 : 1;
            case CRON_SECONDS -> 2 + random.nextInt(12);
            case MANUAL, FAR -> 0;
        };
        recipe = recipe(random, number);
    }

    private ModelJob() {
        kind = Kind.FAR;
        overlap = Overlap.SKIP;
        catchUp = CatchUp.LAST;
        deadline = false;
        keyed = false;
        step = 3 * 86_400_000L;
        runs = 1;
        recipe = Recipe.in(step);
    }

    static ModelJob far() {
        return new ModelJob();
    }

    Recipe recipe() {
        return recipe;
    }

    private Recipe recipe(Random random, int number) {
        Recipe made = switch (kind) {
            case ONCE, FAR -> Recipe.in(step);
            case EVERY -> Recipe.every(step).maxRuns(runs);
            case CRON_MINUTES -> Recipe.cron("*/" + step + " * * * *").maxRuns(runs);
            case CRON_SECONDS -> Recipe.cron("*/" + step + " * * * * *").maxRuns(runs);
            case MANUAL -> Recipe.manual();
        };
        if (number % NOOP_EVERY != 0) {
            made.program();
        }
        made.overlap(overlap).catchUp(catchUp).attempts(1 + random.nextInt(4));
        made.backoff(100 + random.nextInt(2_000), 2_100 + random.nextInt(10_000));
        made.queue(random.nextInt(3) == 0 ? "other" : "default");
        if (deadline) {
            made.deadline(1_000 + random.nextInt(20_000));
        }
        if (random.nextInt(4) == 0) {
            made.limit(LIMIT_KEY, LIMIT);
        }
        if (random.nextInt(3) == 0) {
            made.named("job-" + number);
        }
        return keyed ? made.key("key-" + number) : made;
    }

    /** All nominal instants that it will ever have. */
    List<Long> expected() {
        return switch (kind) {
            case ONCE, FAR -> List.of(firstMs);
            case EVERY -> {
                List<Long> instants = new ArrayList<>();
                for (int n = 0; n < runs; n++) {
                    instants.add(firstMs + n * step);
                }
                yield instants;
            }
            case CRON_MINUTES -> scan(60_000, 60);
            case CRON_SECONDS -> scan(1_000, 60);
            case MANUAL -> List.of();
        };
    }

    private List<Long> scan(long unitMs, int units) {
        List<Long> instants = new ArrayList<>();
        for (long at = firstMs - firstMs % unitMs; instants.size() < runs; at += unitMs) {
            if (at / unitMs % units % step == 0) {
                instants.add(at);
            }
        }
        return instants;
    }

    /** Whether its schedule names an instant, before its acceptance too. */
    boolean names(long nominalMs) {
        return switch (kind) {
            case CRON_MINUTES -> nominalMs % 60_000 == 0 && nominalMs / 60_000 % 60 % step == 0;
            case CRON_SECONDS -> nominalMs % 1_000 == 0 && nominalMs / 1_000 % 60 % step == 0;
            case ONCE, EVERY, MANUAL, FAR -> false;
        };
    }

    /** Its pause may be over from now on. */
    void goesOn() {
        heldSinceElapsedMs = Long.MAX_VALUE;
    }

    /** Its pause is acknowledged. */
    void held(long elapsedMs) {
        if (looseningRequests == 0) {
            heldSinceElapsedMs = elapsedMs;
        }
    }

    int runs() {
        return runs;
    }

    /** How many instants its schedule names from one to another, inclusive. */
    long namesBetween(long fromMs, long toMs) {
        long unitMs = kind == Kind.CRON_MINUTES ? 60_000 : 1_000;
        long count = 0;
        for (long at = fromMs; at <= toMs; at += unitMs) {
            count += names(at) ? 1 : 0;
        }
        return count;
    }

    boolean repeats() {
        return kind == Kind.EVERY || kind == Kind.CRON_MINUTES || kind == Kind.CRON_SECONDS;
    }

    /** Whether nothing but its own executions decides what becomes of its instants. */
    boolean mustRunAll() {
        return repeats()
                && overlap == Overlap.ALLOW
                && catchUp == CatchUp.ALL
                && !deadline
                && !runCancelled
                && !everHeld
                && cancelSentElapsedMs == Long.MAX_VALUE;
    }
}
