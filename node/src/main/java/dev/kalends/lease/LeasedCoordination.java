package dev.kalends.lease;

import dev.kalends.time.MonotonicClock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Coordination over a {@link LeaseService}: the membership is a lease, and what is owned are entries under it.
 *
 * <pre>
 *   out --join--> member --renewed--> member
 *                   |  the service does not answer: still a member, trusted until the window ends
 *                   |  the service says that the lease is over
 *                   v
 *                 lost --a new lease--> member, owning nothing
 * </pre>
 *
 * <p>All knowledge is one immutable {@link Tenure}, replaced as a whole, and only under the lease it belongs to: an
 * answer about an old lease changes nothing. So {@link #trusted} reads one reference, and the keep-alive waits for
 * nobody. Requests about partitions wait for each other, so that a late release cannot undo a later taking.
 */
public final class LeasedCoordination implements Coordination {
    /** What one round of keeping alive came to. */
    public enum Kept {
        /** There is a membership, confirmed. */
        HELD,
        /** The service did not answer or did not accept; trust runs down. */
        UNREACHABLE,
        /** The membership is over. The next round asks for a new one. */
        LOST,
        /** There is nothing to keep alive: not joined, or left. */
        NO_MEMBER
    }

    private final LeaseService service;
    private final CoordinationTerms terms;
    private final MonotonicClock clock;
    private final Optional<KeepAlive> keeper;

    /** Read by anybody; replaced only by {@link #replace}. */
    private volatile Optional<Tenure> tenure = Optional.empty();

    private volatile Optional<Member> self = Optional.empty();
    private volatile Fitness fitness = Fitness.ALL;
    private volatile Runnable hint = () -> {};
    private volatile Optional<String> problem = Optional.empty();

    /** Held by whoever joins or leaves; never by a renewal. */
    private final Object life = new Object();
    /** Held by whoever asks about partitions or describes the member. Guards the two fields below. */
    private final Object requests = new Object();
    /** Held for a moment to replace the tenure. */
    private final Object replacing = new Object();

    private final Set<Integer> toGiveBack = new TreeSet<>();
    private String described = "";

    private LeasedCoordination(LeaseService service, CoordinationTerms terms, MonotonicClock clock, Keeping keeping) {
        this.service = service;
        this.terms = terms;
        this.clock = clock;
        this.keeper = keeping == Keeping.BY_THREAD ? Optional.of(new KeepAlive(this, terms)) : Optional.empty();
    }

    private enum Keeping {
        BY_THREAD,
        BY_CALLER
    }

    /**
     * Keeps itself alive by a thread of its own, from {@link #join} to {@link #close}. Closes the service at its end.
     */
    public static LeasedCoordination alive(LeaseService service, CoordinationTerms terms, MonotonicClock clock) {
        LeasedCoordination coordination = new LeasedCoordination(service, terms, clock, Keeping.BY_THREAD);
        service.watch(() -> coordination.hint.run());
        return coordination;
    }

    /** Is kept alive by whoever calls {@link #keepAlive}. Closes the service at its end. */
    public static LeasedCoordination stepped(LeaseService service, CoordinationTerms terms, MonotonicClock clock) {
        LeasedCoordination coordination = new LeasedCoordination(service, terms, clock, Keeping.BY_CALLER);
        service.watch(() -> coordination.hint.run());
        return coordination;
    }

    @Override
    public void join(Member member) {
        synchronized (life) {
            if (self.isPresent()) {
                throw new CoordinationException(
                        "already a member; member=" + self.get().id());
            }
            begin(member);
            self = Optional.of(member);
        }
        keeper.ifPresent(KeepAlive::start);
    }

    /** Renews the membership, or asks for a new one when it was lost. Blocks for a round trip or two. */
    public Kept keepAlive() {
        Optional<Tenure> held = tenure;
        try {
            return held.isPresent() ? renew(held.get()) : rejoin();
        } catch (CoordinationException e) {
            problem = Optional.of(String.valueOf(e.getMessage()));
            return Kept.UNREACHABLE;
        }
    }

    /** What the last round of keeping alive complained of; empty when it did not. */
    public Optional<String> problem() {
        return problem;
    }

    private Kept renew(Tenure held) {
        long sentNs = clock.nowNs();
        OptionalLong ttlMs = service.renew(held.lease());
        if (ttlMs.isEmpty()) {
            replace(now -> now.filter(other -> other.lease() != held.lease()));
            problem = Optional.of("the membership was lost; lease=" + Long.toHexString(held.lease()));
            hint.run();
            return Kept.LOST;
        }
        change(held.lease(), now -> now.renewed(sentNs, ttlMs.getAsLong(), terms.marginMs()));
        problem = Optional.empty();
        return Kept.HELD;
    }

    private Kept rejoin() {
        synchronized (life) {
            if (self.isEmpty()) {
                return Kept.NO_MEMBER;
            }
            begin(self.get());
        }
        problem = Optional.empty();
        hint.run();
        return Kept.HELD;
    }

    private void begin(Member member) {
        long sentNs = clock.nowNs();
        LeaseService.Grant grant = service.grant(terms.ttlMs());
        String text = MemberText.write(member.url(), fitness);
        boolean entered = false;
        try {
            entered = service.enter(grant.lease(), member.id(), text);
        } finally {
            if (!entered) {
                revoke(grant.lease());
            }
        }
        if (!entered) {
            throw new CoordinationException(
                    "the id is taken by a node that is alive, or was until a moment ago; member=" + member.id()
                            + " retryAfterMs=" + terms.ttlMs());
        }
        synchronized (requests) {
            toGiveBack.clear();
            described = text;
            replace(_ -> Optional.of(Tenure.begin(grant, sentNs, terms.marginMs())));
        }
    }

    @Override
    public void declare(Fitness now) {
        fitness = now;
        synchronized (requests) {
            catchUp();
        }
    }

    @Override
    public Overview look() {
        synchronized (requests) {
            catchUp();
        }
        LeaseService.Entries entries = service.read();
        Map<Integer, String> ownerByPartition = new HashMap<>();
        entries.partitions().forEach(entry -> ownerByPartition.put(entry.partition(), entry.id()));
        return new Overview(entries.members().stream().map(MemberText::read).toList(), ownerByPartition);
    }

    /** Does what could not be done when it was asked for: gives partitions back, says what the node is fit for. */
    private void catchUp() {
        Optional<Tenure> held = tenure;
        Optional<Member> member = self;
        if (held.isEmpty() || member.isEmpty()) {
            return;
        }
        try {
            for (int partition : Set.copyOf(toGiveBack)) {
                service.giveBack(held.get().lease(), partition);
                toGiveBack.remove(partition);
            }
            String text = MemberText.write(member.get().url(), fitness);
            if (!text.equals(described)) {
                // Until the answer is here either may be what others read.
                described = "";
                service.describe(held.get().lease(), member.get().id(), text);
                described = text;
            }
        } catch (CoordinationException e) {
            problem = Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void whenChanged(Runnable changed) {
        hint = changed;
    }

    @Override
    public boolean tryOwn(int partition) {
        Member member = self.orElseThrow(() -> notMember(partition));
        synchronized (requests) {
            Tenure held = tenure.orElseThrow(() -> notMember(partition));
            if (!held.trusted(clock.nowNs())) {
                throw new CoordinationException("the membership is in doubt: nothing is taken until it is renewed;"
                        + " partition=" + partition + " member=" + member.id());
            }
            toGiveBack.remove(partition);
            boolean owns = service.take(held.lease(), partition, member.id());
            Optional<Tenure> now =
                    change(held.lease(), known -> owns ? known.with(partition) : known.without(partition));
            return now.filter(known -> known.owned().contains(partition)).isPresent();
        }
    }

    @Override
    public void release(int partition) {
        Optional<Tenure> held = tenure;
        if (held.isEmpty()) {
            return;
        }
        long lease = held.get().lease();
        change(lease, known -> known.without(partition));
        synchronized (requests) {
            // Also when it was not known to be owned: an answer that was lost may have made it so.
            if (change(lease, known -> known.without(partition)).isPresent()) {
                toGiveBack.add(partition);
                catchUp();
            }
        }
    }

    @Override
    public Optional<Ownership> owner(int partition) {
        return look().owner(partition)
                .map(standing -> new Ownership(partition, standing.member(), leftMs(partition, standing.tenure())));
    }

    private long leftMs(int partition, long lease) {
        return tenure.filter(held -> held.lease() == lease && held.owned().contains(partition))
                .map(held -> Math.max(0, TimeUnit.NANOSECONDS.toMillis(held.trustedUntilNs() - clock.nowNs())))
                .orElse(0L);
    }

    @Override
    public boolean trusted(int partition, long monotonicNowNs) {
        Optional<Tenure> held = tenure;
        return held.isPresent()
                && held.get().owned().contains(partition)
                && held.get().trusted(monotonicNowNs);
    }

    @Override
    public long confirmedAgoMs(int partition, long monotonicNowNs) {
        return tenure.filter(held -> held.owned().contains(partition))
                .map(held -> held.confirmedAgoMs(monotonicNowNs, terms.marginMs()))
                .orElse(0L);
    }

    /** What is left of the leadership of a partition; empty when this node does not own it. */
    public Optional<Trust> trust(int partition) {
        return tenure.filter(held -> held.owned().contains(partition)).map(held -> {
            long nowNs = clock.nowNs();
            long leftMs = TimeUnit.NANOSECONDS.toMillis(held.trustedUntilNs() - nowNs);
            return new Trust(Math.max(0, leftMs), held.ttlMs(), held.confirmedAgoMs(nowNs, terms.marginMs()));
        });
    }

    /**
     * Leadership that expires.
     *
     * @param leftMs how long it is trusted without another renewal
     * @param ttlMs how long a membership lives after a renewal
     * @param renewedAgoMs since the last confirmed renewal was sent
     */
    public record Trust(long leftMs, long ttlMs, long renewedAgoMs) {}

    @Override
    public void close() {
        keeper.ifPresent(KeepAlive::end);
        Optional<Tenure> held;
        synchronized (life) {
            self = Optional.empty();
            held = tenure;
            replace(_ -> Optional.empty());
        }
        held.ifPresent(left -> revoke(left.lease()));
        service.close();
    }

    private void revoke(long lease) {
        try {
            service.revoke(lease);
        } catch (CoordinationException e) {
            // It expires by itself.
            problem = Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Changes the tenure of a lease; empty when it is not the tenure any more. */
    private Optional<Tenure> change(long lease, UnaryOperator<Tenure> change) {
        return replace(now -> now.map(held -> held.lease() == lease ? change.apply(held) : held))
                .filter(held -> held.lease() == lease);
    }

    /** Nothing is waited for in here. */
    private Optional<Tenure> replace(UnaryOperator<Optional<Tenure>> change) {
        synchronized (replacing) {
            tenure = change.apply(tenure);
            return tenure;
        }
    }

    private CoordinationException notMember(int partition) {
        return new CoordinationException("not a member; partition=" + partition
                + problem.map(text -> " problem=\"" + text + '"').orElse(""));
    }
}
