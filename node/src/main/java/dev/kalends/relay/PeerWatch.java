package dev.kalends.relay;

import dev.kalends.api.ApiException;
import dev.kalends.api.PeerPartition;
import dev.kalends.api.PeerStatus;
import dev.kalends.lease.Coordination.Member;
import dev.kalends.lease.Overview;
import dev.kalends.lease.Standing;
import dev.kalends.time.MonotonicClock;
import dev.kalends.time.WallClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What this node knows of the others: it asks each of them every {@value #EVERY_MS} ms, and keeps the last answers and
 * the offsets of their clocks.
 *
 * <p>{@link #round} is one look, driven by a thread of its own between {@link #start} and {@link #close}, or by a test.
 * Reading never blocks, but for {@link #figures}.
 */
public final class PeerWatch implements AutoCloseable {
    /** How often others are asked. */
    public static final long EVERY_MS = 1_000;
    /** Longest wait for one answer. */
    static final long TIMEOUT_MS = 1_000;
    /** How long an answer is believed. */
    static final long FRESH_MS = 5_000;

    private final String self;
    private final Peers peers;
    private final Supplier<Overview> overview;
    private final WallClock wall;
    private final MonotonicClock monotonic;
    private final Map<String, Seen> seenByNode = new ConcurrentHashMap<>();
    private final ClockOffsets offsets = new ClockOffsets();
    private final Thread thread;
    private volatile boolean stopping;
    private List<PeerStatus> figures = List.of();
    private Optional<Long> figuresNs = Optional.empty();

    /**
     * A node's last answer.
     *
     * @param askedAtMs wall clock here when it was asked
     */
    public record Seen(PeerStatus status, long askedAtMs, long receivedNs) {}

    /** A partition as its leader told it. */
    public record SeenPartition(String node, PeerPartition partition, long askedAtMs) {}

    /** Both clocks of this node. */
    public record Clocks(WallClock wall, MonotonicClock monotonic) {}

    public PeerWatch(String self, Peers peers, Supplier<Overview> overview, Clocks clocks) {
        this.self = self;
        this.peers = peers;
        this.overview = overview;
        this.wall = clocks.wall();
        this.monotonic = clocks.monotonic();
        this.thread = Thread.ofPlatform().name("peers").daemon().unstarted(this::run);
    }

    /** Begins to look. */
    public void start() {
        thread.start();
    }

    private void run() {
        while (!stopping) {
            try {
                round();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(EVERY_MS));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Asks all others once, at the same time, and waits for the answers. */
    public void round() throws InterruptedException {
        List<Member> others = others();
        askAll(
                others,
                Peers.Figures.LEFT_OUT,
                seen -> seenByNode.put(seen.status().node(), seen));
        var ids = others.stream().map(Member::id).collect(Collectors.toSet());
        seenByNode.keySet().retainAll(ids);
        offsets.retain(ids);
    }

    private List<Member> others() {
        return overview.get().standings().stream()
                .map(Standing::member)
                .filter(member -> !member.id().equals(self))
                .toList();
    }

    private void askAll(List<Member> others, Peers.Figures wanted, Consumer<Seen> answered)
            throws InterruptedException {
        CountDownLatch open = new CountDownLatch(others.size());
        for (Member other : others) {
            try {
                peers.start(() -> {
                    try {
                        ask(other, wanted).ifPresent(answered);
                    } finally {
                        open.countDown();
                    }
                });
            } catch (ApiException tooMany) {
                open.countDown();
            }
        }
        // Each of them ends by itself within the timeout.
        open.await(2 * TIMEOUT_MS, TimeUnit.MILLISECONDS);
    }

    private Optional<Seen> ask(Member other, Peers.Figures wanted) {
        try {
            long askedAtMs = wall.nowMs();
            long sentNs = monotonic.nowNs();
            PeerStatus status = peers.status(other, wanted, TIMEOUT_MS);
            long receivedNs = monotonic.nowNs();
            if (!status.node().equals(other.id())) {
                return Optional.empty();
            }
            long roundTripMs = TimeUnit.NANOSECONDS.toMillis(receivedNs - sentNs);
            offsets.add(other.id(), ClockOffsets.Sample.of(wall.nowMs(), status.wallMs(), roundTripMs));
            return Optional.of(new Seen(status, askedAtMs, receivedNs));
        } catch (PeerException | ApiException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** The last answer of a node, unless it is too old. */
    public Optional<Seen> seen(String node) {
        return Optional.ofNullable(seenByNode.get(node)).filter(this::isFresh);
    }

    /** A partition as its leader told it last; of two that say they lead it, as the later one did. */
    public Optional<SeenPartition> leading(int partition) {
        return seenByNode.values().stream()
                .filter(this::isFresh)
                .flatMap(seen -> seen.status().partitions().stream()
                        .filter(one -> one.partition() == partition && one.leading())
                        .map(one -> new SeenPartition(seen.status().node(), one, seen.askedAtMs())))
                .max(Comparator.comparingLong(one -> one.partition().epoch()));
    }

    private boolean isFresh(Seen seen) {
        return monotonic.nowNs() - seen.receivedNs() < TimeUnit.MILLISECONDS.toNanos(FRESH_MS);
    }

    /** How far the clocks of the others are from this node's. */
    public Map<String, ClockOffsets.Sample> clockOffsets() {
        return offsets.best();
    }

    /** What this node's own clock is worth. */
    public ClockVerdict clockVerdict(long toleranceMs) {
        return ClockVerdict.of(
                offsets.best().values().stream()
                        .map(ClockOffsets.Sample::certainMs)
                        .toList(),
                toleranceMs);
    }

    /** The others' conditions with their figures; asked at most once a second, when somebody wants to know. */
    public synchronized List<PeerStatus> figures() throws InterruptedException {
        long nowNs = monotonic.nowNs();
        if (figuresNs.isEmpty() || nowNs - figuresNs.get() >= TimeUnit.MILLISECONDS.toNanos(EVERY_MS)) {
            List<PeerStatus> told = java.util.Collections.synchronizedList(new ArrayList<>());
            askAll(others(), Peers.Figures.WANTED, seen -> told.add(seen.status()));
            figures = List.copyOf(told);
            figuresNs = Optional.of(monotonic.nowNs());
        }
        return figures;
    }

    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
    }
}
