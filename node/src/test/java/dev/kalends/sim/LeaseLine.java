package dev.kalends.sim;

import dev.kalends.lease.CoordinationException;
import dev.kalends.lease.CoordinationTerms;
import dev.kalends.lease.LeaseService;
import dev.kalends.lease.LeasedCoordination;
import dev.kalends.lease.LeasedCoordination.Kept;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * A node's line to the {@link LeaseKeeper}, and its keeping alive step by step: a renewal is sent, handled and answered
 * at three moments, and only the third is the node's.
 */
final class LeaseLine implements LeaseService {
    static final CoordinationTerms TERMS = CoordinationTerms.DEFAULT;

    private static final long RETRY_MS = TERMS.ttlMs() / 20;
    private static final int LATE_ONE_IN = 15;
    private static final int LOST_ONE_IN = 30;

    private final LeaseKeeper keeper;
    private final Wiring wiring;
    private final Lines lines;
    private final Life life;
    private final LeasedCoordination coordination;
    private Optional<Long> lease = Optional.empty();
    private Optional<OptionalLong> answer = Optional.empty();
    private Optional<Long> sentNs = Optional.empty();
    private Runnable told = () -> {};

    LeaseLine(LeaseKeeper keeper, Wiring wiring, Lines lines, Life life) {
        this.keeper = keeper;
        this.wiring = wiring;
        this.lines = lines;
        this.life = life;
        this.coordination = LeasedCoordination.stepped(this, TERMS, () -> sentNs.orElseGet(this::nowNs));
    }

    LeasedCoordination coordination() {
        return coordination;
    }

    private long nowNs() {
        return wiring.timeline().clock.monotonic().nowNs();
    }

    private long wayMs() {
        return wiring.faults().now(Faults.Kind.LATE_RENEWAL, LATE_ONE_IN)
                ? wiring.faults().measure((int) TERMS.requestMs() / 2)
                : 1 + wiring.random().nextInt(3);
    }

    /** Sends the next renewal; goes on for ever. */
    void keepAlive() {
        long sent = nowNs();
        Optional<Long> about = lease;
        long birth = life.birth();
        Timeline timeline = wiring.timeline();
        long backMs = wayMs();
        timeline.after(wayMs(), () -> {
            boolean there = lines.open(Lines.Line.COORDINATION, Lines.Way.OUT);
            Optional<OptionalLong> renewed = there ? about.map(this::renewed) : Optional.empty();
            timeline.after(
                    backMs,
                    () -> life.run(birth, () -> {
                        if (there && lines.open(Lines.Line.COORDINATION, Lines.Way.IN)) {
                            answered(sent, renewed);
                        } else {
                            life.after(TERMS.requestMs() - 2 * backMs, () -> answered(sent, Optional.empty()));
                        }
                    }));
        });
    }

    private OptionalLong renewed(long held) {
        OptionalLong ttlMs = keeper.renew(held, TERMS.ttlMs());
        return ttlMs.isEmpty() && wiring.bug() == PlantedBug.LOST_LEASE_NOT_NOTICED
                ? OptionalLong.of(TERMS.ttlMs())
                : ttlMs;
    }

    private void answered(long sent, Optional<OptionalLong> renewed) {
        answer = renewed;
        sentNs = wiring.bug() == PlantedBug.TRUST_FROM_RECEIPT ? Optional.empty() : Optional.of(sent);
        Kept kept = coordination.keepAlive();
        sentNs = Optional.empty();
        answer = Optional.empty();
        long pauseMs = switch (kept) {
            case HELD, NO_MEMBER -> TERMS.renewMs();
            case UNREACHABLE -> RETRY_MS;
            case LOST -> 0;
        };
        life.after(pauseMs, this::keepAlive);
        told.run();
    }

    /** A request that takes no time, unless the line is cut or the answer is lost. */
    private <T> T reach(Supplier<T> request) {
        if (!lines.open(Lines.Line.COORDINATION, Lines.Way.OUT)) {
            throw new CoordinationException("cut off from the coordination; way=out");
        }
        T result = request.get();
        boolean lost = wiring.faults().now(Faults.Kind.COORDINATION_ANSWER_LOST, LOST_ONE_IN);
        if (lost || !lines.open(Lines.Line.COORDINATION, Lines.Way.IN)) {
            throw new CoordinationException("no answer from the coordination; way=in");
        }
        return result;
    }

    private void reach(Runnable request) {
        Boolean _ = reach(() -> {
            request.run();
            return true;
        });
    }

    @Override
    public Grant grant(long ttlMs) {
        Grant grant = reach(() -> keeper.grant(ttlMs));
        lease = Optional.of(grant.lease());
        return grant;
    }

    @Override
    public OptionalLong renew(long held) {
        if (lease.filter(known -> known == held).isEmpty()) {
            throw new CoordinationException("a renewal of another lease is on its way; lease=" + held);
        }
        return answer.orElseThrow(() -> new CoordinationException("no answer to the renewal; lease=" + held));
    }

    @Override
    public boolean enter(long held, String id, String text) {
        return reach(() -> keeper.enter(new MemberEntry(id, held, text)));
    }

    @Override
    public void describe(long held, String id, String text) {
        reach(() -> keeper.describe(new MemberEntry(id, held, text)));
    }

    @Override
    public boolean take(long held, int partition, String id) {
        return reach(() -> keeper.take(new PartitionEntry(partition, held, id)));
    }

    @Override
    public void giveBack(long held, int partition) {
        reach(() -> keeper.giveBack(held, partition));
    }

    /** Frees a partition behind the node's back. */
    void freeAtOnce(int partition) {
        lease.ifPresent(held -> keeper.giveBack(held, partition));
    }

    @Override
    public Entries read() {
        return reach(keeper::read);
    }

    @Override
    public void revoke(long held) {
        reach(() -> keeper.revoke(held));
    }

    @Override
    public void watch(Runnable hint) {
        long birth = life.birth();
        keeper.watch(() -> {
            if (life.birth() == birth && !wiring.faults().now(Faults.Kind.HINT_LOST, 3)) {
                life.after(1 + wiring.random().nextInt(5), () -> {
                    if (lines.open(Lines.Line.COORDINATION, Lines.Way.IN)) {
                        hint.run();
                    }
                });
            }
        });
    }

    /** Has somebody told after each round of keeping alive. */
    void afterEachRound(Runnable listener) {
        told = listener;
    }

    @Override
    public void close() {}
}
