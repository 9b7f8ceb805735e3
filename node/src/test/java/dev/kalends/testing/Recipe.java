package dev.kalends.testing;

import dev.kalends.job.Backoff;
import dev.kalends.job.CatchUp;
import dev.kalends.job.DstRule;
import dev.kalends.job.JobName;
import dev.kalends.job.Limit;
import dev.kalends.job.OnLost;
import dev.kalends.job.Overlap;
import dev.kalends.job.Policy;
import dev.kalends.job.Priority;
import dev.kalends.job.Retry;
import dev.kalends.job.SandboxMode;
import dev.kalends.job.Schedule;
import dev.kalends.job.Window;
import dev.kalends.job.Work;
import dev.kalends.partition.Draft;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes a draft in one readable line: {@code every(60_000).named("a").overlap(Overlap.QUEUE).draft()}. */
public final class Recipe {
    private final Draft.When when;
    private JobName name = new JobName(JobName.DEFAULT_TENANT, Optional.empty(), Optional.empty());
    private Window window = Window.OPEN;
    private Policy policy = Policy.DEFAULT;
    private Work work = new Work.Noop();
    private long bodyHash = 1;

    private Recipe(Draft.When when) {
        this.when = when;
    }

    public static Recipe at(long atMs) {
        return new Recipe(new Draft.When.Fixed(new Schedule.Once(atMs)));
    }

    public static Recipe in(long delayMs) {
        return new Recipe(new Draft.When.In(delayMs));
    }

    public static Recipe every(long periodMs) {
        return new Recipe(new Draft.When.EveryFromNow(periodMs));
    }

    /** A cron expression in UTC. */
    public static Recipe cron(String expression) {
        return new Recipe(new Draft.When.Fixed(new Schedule.Cron(expression, ZoneOffset.UTC, DstRule.CRON)));
    }

    public static Recipe manual() {
        return new Recipe(new Draft.When.Fixed(new Schedule.Manual()));
    }

    public static Recipe of(Schedule schedule) {
        return new Recipe(new Draft.When.Fixed(schedule));
    }

    public Recipe named(String text) {
        name = new JobName(name.tenant(), Optional.of(text), name.key());
        return this;
    }

    public Recipe key(String text) {
        name = new JobName(name.tenant(), name.name(), Optional.of(text));
        return this;
    }

    public Recipe tenant(String text) {
        name = new JobName(text, name.name(), name.key());
        return this;
    }

    public Recipe body(long hash) {
        bodyHash = hash;
        return this;
    }

    public Recipe from(long atMs) {
        window = new Window(Optional.of(atMs), window.untilMs(), window.maxRuns(), window.splayMs());
        return this;
    }

    public Recipe until(long atMs) {
        window = new Window(window.fromMs(), Optional.of(atMs), window.maxRuns(), window.splayMs());
        return this;
    }

    public Recipe maxRuns(int most) {
        window = new Window(window.fromMs(), window.untilMs(), Optional.of(most), window.splayMs());
        return this;
    }

    public Recipe splay(long ms) {
        window = new Window(window.fromMs(), window.untilMs(), window.maxRuns(), ms);
        return this;
    }

    public Recipe overlap(Overlap overlap) {
        return policy(policy.queue(), policy.priority(), policy.retry(), policy.deadlineMs(), overlap);
    }

    public Recipe deadline(long ms) {
        return policy(policy.queue(), policy.priority(), policy.retry(), Optional.of(ms), policy.overlap());
    }

    public Recipe priority(Priority priority) {
        return policy(policy.queue(), priority, policy.retry(), policy.deadlineMs(), policy.overlap());
    }

    public Recipe queue(String queue) {
        return policy(queue, policy.priority(), policy.retry(), policy.deadlineMs(), policy.overlap());
    }

    public Recipe catchUp(CatchUp catchUp) {
        policy = new Policy(
                policy.queue(),
                policy.priority(),
                policy.retry(),
                policy.timeoutMs(),
                policy.deadlineMs(),
                policy.overlap(),
                catchUp,
                SandboxMode.NONE,
                policy.limits());
        return this;
    }

    /** At most so many runs at once under a key. */
    public Recipe limit(String key, int most) {
        policy = new Policy(
                policy.queue(),
                policy.priority(),
                policy.retry(),
                policy.timeoutMs(),
                policy.deadlineMs(),
                policy.overlap(),
                policy.catchUp(),
                policy.sandbox(),
                List.of(new Limit(key, most).toString()));
        return this;
    }

    public Recipe attempts(int most) {
        Retry old = policy.retry();
        return retry(new Retry(most, old.backoff(), old.maxAgeMs(), old.onLost(), old.retryOn(), old.fatalOn()));
    }

    public Recipe backoff(long minMs, long maxMs) {
        Retry old = policy.retry();
        Backoff backoff = new Backoff(minMs, maxMs);
        return retry(new Retry(old.maxAttempts(), backoff, old.maxAgeMs(), old.onLost(), old.retryOn(), old.fatalOn()));
    }

    public Recipe maxAge(long ms) {
        Retry old = policy.retry();
        return retry(new Retry(
                old.maxAttempts(), old.backoff(), Optional.of(ms), old.onLost(), old.retryOn(), old.fatalOn()));
    }

    public Recipe onLost(OnLost onLost) {
        Retry old = policy.retry();
        return retry(new Retry(old.maxAttempts(), old.backoff(), old.maxAgeMs(), onLost, old.retryOn(), old.fatalOn()));
    }

    public Recipe exitCodes(List<Integer> retryOn, List<Integer> fatalOn) {
        Retry old = policy.retry();
        return retry(new Retry(old.maxAttempts(), old.backoff(), old.maxAgeMs(), old.onLost(), retryOn, fatalOn));
    }

    /** Work that takes a slot, as {@code noop} does not. */
    public Recipe program() {
        work = new Work.Command(List.of("true"), Map.of(), Optional.empty(), Optional.empty(), Optional.empty());
        return this;
    }

    public Draft draft() {
        return new Draft(name, when, window, work, policy, Map.of(), bodyHash);
    }

    private Recipe retry(Retry retry) {
        return policy(policy.queue(), policy.priority(), retry, policy.deadlineMs(), policy.overlap());
    }

    private Recipe policy(String queue, Priority priority, Retry retry, Optional<Long> deadlineMs, Overlap overlap) {
        policy = new Policy(
                queue,
                priority,
                retry,
                policy.timeoutMs(),
                deadlineMs,
                overlap,
                policy.catchUp(),
                SandboxMode.NONE,
                policy.limits());
        return this;
    }
}
