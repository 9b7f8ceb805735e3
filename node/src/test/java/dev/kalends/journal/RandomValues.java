package dev.kalends.journal;

import dev.kalends.job.Attempt;
import dev.kalends.job.AttemptEnd;
import dev.kalends.job.Backfill;
import dev.kalends.job.Backoff;
import dev.kalends.job.CatchUp;
import dev.kalends.job.DeadLetter;
import dev.kalends.job.DstRule;
import dev.kalends.job.ExcludedDays;
import dev.kalends.job.JobId;
import dev.kalends.job.JobName;
import dev.kalends.job.JobPhase;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.Lease;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.OnLost;
import dev.kalends.job.Overlap;
import dev.kalends.job.Pause;
import dev.kalends.job.PauseOrder;
import dev.kalends.job.Policy;
import dev.kalends.job.Priority;
import dev.kalends.job.Retry;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunKind;
import dev.kalends.job.RunState;
import dev.kalends.job.SandboxMode;
import dev.kalends.job.Schedule;
import dev.kalends.job.StopAsked;
import dev.kalends.job.Tenant;
import dev.kalends.job.Window;
import dev.kalends.job.Work;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Random values of everything that is encoded, from a seed: often the defaults, often the extremes. */
public final class RandomValues {
    private static final List<String> TEXTS = List.of(
            "", "a", "default", "è 🎉\u0000\n", "x".repeat(300), "job-1a2b3c4d/123e4567-e89b-12d3-a456-426614174000");
    private static final List<String> ZONES = List.of("UTC", "Europe/Rome", "America/New_York", "+05:45");

    private final Random random;

    public RandomValues(long seed) {
        random = new Random(seed);
    }

    public boolean coin() {
        return random.nextBoolean();
    }

    public <T> Optional<T> maybe(Supplier<T> value) {
        return coin() ? Optional.of(value.get()) : Optional.empty();
    }

    public <E extends Enum<E>> E one(Class<E> type) {
        return one(List.of(type.getEnumConstants()));
    }

    public <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    public String text() {
        return one(TEXTS);
    }

    public int small() {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> Integer.MAX_VALUE;
            default -> random.nextInt(1_000);
        };
    }

    /** Any number at all. */
    public long any() {
        return switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> Long.MIN_VALUE;
            case 3 -> Long.MAX_VALUE;
            default -> random.nextLong();
        };
    }

    public long count() {
        return coin() ? 0 : random.nextLong(Long.MAX_VALUE);
    }

    public long instantMs() {
        return random.nextInt(5) == 0 ? 0 : random.nextLong(RunId.NOMINAL_MAX_MS);
    }

    private long eventMs() {
        return coin() ? -1 : instantMs();
    }

    public Map<String, String> map() {
        Map<String, String> map = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put("key" + i, text());
        }
        return map;
    }

    public <T> List<T> list(Supplier<T> value) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(value.get());
        }
        return list;
    }

    public JobId job() {
        return switch (random.nextInt(3)) {
            case 0 -> new JobId(0);
            case 1 -> new JobId(random.nextLong(Long.MAX_VALUE));
            default -> JobId.of(random.nextInt(8), 20_000 + random.nextInt(3), random.nextInt(5));
        };
    }

    public RunId run() {
        return runOf(job());
    }

    private RunId runOf(JobId job) {
        RunKind kind = one(RunKind.class);
        return new RunId(job, instantMs(), kind, kind == RunKind.SCHEDULED ? 0 : 1 + random.nextInt(100));
    }

    public Schedule schedule() {
        return switch (random.nextInt(5)) {
            case 0 -> new Schedule.Once(instantMs());
            case 4 ->
                new Schedule.Except(
                        new Schedule.Cron(text(), ZoneId.of(one(ZONES)), one(DstRule.class)),
                        excludedDays(),
                        ZoneId.of(one(ZONES)));
            case 1 -> new Schedule.Every(1 + random.nextLong(1L << 40), any());
            case 2 -> new Schedule.Cron(text(), ZoneId.of(one(ZONES)), one(DstRule.class));
            default -> new Schedule.Manual();
        };
    }

    public ExcludedDays excludedDays() {
        ExcludedDays.Builder days = new ExcludedDays.Builder();
        for (int i = random.nextInt(5); i > 0; i--) {
            int from = random.nextInt(2_900_000);
            days.dates(from, from + (coin() ? 0 : random.nextInt(30_000)));
        }
        for (int i = random.nextInt(5); i > 0; i--) {
            days.everyYear(1 + random.nextInt(12), 1 + random.nextInt(29));
        }
        return days.build();
    }

    private Window window() {
        return coin() ? Window.OPEN : new Window(maybe(this::instantMs), maybe(this::any), maybe(this::small), count());
    }

    private Work work() {
        return switch (random.nextInt(3)) {
            case 0 ->
                new Work.Command(list(this::text), map(), maybe(this::text), maybe(this::text), maybe(this::text));
            case 1 -> new Work.Http(text(), text(), map(), maybe(this::text));
            default -> new Work.Noop();
        };
    }

    public Policy policy() {
        long minMs = random.nextInt(10_000);
        Retry retry = coin()
                ? Retry.DEFAULT
                : new Retry(
                        1 + random.nextInt(1_000),
                        new Backoff(minMs, minMs + random.nextInt(10)),
                        maybe(this::count),
                        one(OnLost.class),
                        list(this::small),
                        list(() -> -small()));
        return coin()
                ? Policy.DEFAULT
                : new Policy(
                        text(),
                        one(Priority.class),
                        retry,
                        maybe(this::count),
                        maybe(this::count),
                        one(Overlap.class),
                        one(CatchUp.class),
                        one(SandboxMode.class),
                        list(this::text));
    }

    public JobSpec spec() {
        return specOf(job(), schedule());
    }

    JobSpec specOf(JobId id, Schedule schedule) {
        JobName name = new JobName(text(), maybe(this::text), maybe(this::text));
        return new JobSpec(id, small(), name, schedule, window(), work(), policy(), map(), instantMs());
    }

    JobState state() {
        JobId id = job();
        JobPhase phase = one(JobPhase.class);
        return new JobState(
                id,
                small(),
                phase,
                instantMs(),
                eventMs(),
                maybe(this::nextFire),
                phase == JobPhase.PAUSED
                        ? Optional.of(new JobState.Paused(pause(), maybe(this::nextFire)))
                        : Optional.empty(),
                small(),
                new JobState.Numbers(small(), small()),
                count(),
                maybe(() -> coin() ? run() : runOf(id)));
    }

    private JobState.NextFire nextFire() {
        return new JobState.NextFire(instantMs(), instantMs());
    }

    private Pause pause() {
        return new Pause(one(Pause.By.class), instantMs(), maybe(this::instantMs), maybe(this::text));
    }

    private PauseOrder order() {
        // An empty name stands for no tenant.
        return new PauseOrder(
                maybe(() -> "t" + text()),
                instantMs(),
                maybe(this::instantMs),
                maybe(this::text),
                maybe(() -> new PauseOrder.Resumption(instantMs(), maybe(() -> one(CatchUp.class)))));
    }

    private Backfill backfill() {
        return new Backfill(job(), small(), small(), instantMs(), instantMs(), count(), count(), small());
    }

    Attempt attempt() {
        return new Attempt(
                small(),
                count(),
                text(),
                instantMs(),
                instantMs(),
                one(AttemptEnd.class),
                maybe(() -> small() - 200),
                maybe(this::text));
    }

    public Run aRun() {
        RunState state = one(RunState.class);
        return new Run(
                run(),
                small(),
                state,
                new Run.Route(text(), text(), one(Priority.class)),
                new Run.Times(instantMs(), eventMs(), eventMs(), eventMs()),
                small(),
                small(),
                coin() ? 0 : instantMs(),
                state == RunState.LEASED
                        ? Optional.of(new Lease(count(), text(), instantMs(), coin()))
                        : Optional.empty(),
                new Run.Marks(coin(), one(StopAsked.class), coin(), coin()),
                list(this::attempt),
                maybe(this::text));
    }

    DeadLetter letter() {
        return new DeadLetter(aRun(), text(), text(), instantMs());
    }

    LedgerLine ledger() {
        long fromMs = instantMs();
        RunState verdict = one(List.of(RunState.SUCCEEDED, RunState.DEAD, RunState.SKIPPED, RunState.MISSED));
        return new LedgerLine(
                job(), fromMs, fromMs + random.nextInt(100), 1 + random.nextInt(50), verdict, maybe(this::text));
    }

    SubmitKey.Id keyId() {
        return new SubmitKey.Id(text(), maybe(this::text), text());
    }

    SubmitKey submitKey() {
        return new SubmitKey(keyId(), job(), any(), instantMs());
    }

    RequestAnswer request() {
        return new RequestAnswer(
                text(),
                instantMs(),
                any(),
                list(() -> new RequestAnswer.Line(maybe(this::job), eventMs(), coin(), maybe(this::text))));
    }

    public Tenant tenant() {
        return new Tenant(text(), maybe(this::small), maybe(this::small));
    }

    Counts counts() {
        return new Counts(text(), count(), count(), count(), count(), count(), count(), count(), count(), count());
    }

    Head head() {
        return new Head(count(), count(), small(), small());
    }

    Change change() {
        return one(changes());
    }

    /** One of each kind. */
    List<Change> changes() {
        return List.of(
                new Change.PutSpec(spec(), eventMs()),
                new Change.RemoveJob(job()),
                new Change.PutState(state()),
                new Change.PutRun(aRun()),
                new Change.RemoveRun(run()),
                new Change.AppendHistory(aRun()),
                new Change.PutLedger(ledger()),
                new Change.RemoveLedger(job(), instantMs()),
                new Change.PutDead(letter()),
                new Change.RemoveDead(run()),
                new Change.PutSubmitKey(submitKey()),
                new Change.RemoveSubmitKey(keyId()),
                new Change.PutRequest(request()),
                new Change.RemoveRequest(text()),
                new Change.PutSlot(small(), count()),
                new Change.PutTenant(tenant()),
                new Change.PutCounts(counts()),
                new Change.PutPause(order()),
                new Change.RemovePause(maybe(() -> "t" + text())),
                new Change.PutBackfill(backfill()),
                new Change.RemoveBackfill(job(), small()),
                new Change.PutHead(head()));
    }

    Batch batch() {
        return new Batch(small(), count(), instantMs(), list(this::change));
    }
}
