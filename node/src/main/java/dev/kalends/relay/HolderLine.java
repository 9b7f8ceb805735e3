package dev.kalends.relay;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.journal.Change;
import dev.kalends.journal.Dump;
import dev.kalends.lease.Coordination.Member;
import dev.kalends.lease.Overview;
import dev.kalends.lease.Standing;
import dev.kalends.relay.ReadQuestion.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Asks a node that holds a partition: its leader first, then those that are fit for it, then all others, who may be
 * catching up or on their way out. Called from any thread; calls block.
 *
 * <p>What was seen once is not unseen: each question names the highest position that was ever told here, and a replica
 * that has not come so far refuses.
 */
final class HolderLine implements RemoteReader.Line {
    private static final long ASK_MAX_MS = 5_000;
    private static final long ALL_MAX_MS = 12_000;
    private static final long AS_OF_MAX_MS = 1_000;
    private static final long DUMP_STALL_MS = 30_000;
    private static final long AS_OF_KEPT_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long RETRY_AFTER_MS = 1_000;

    private final LeaderWays ways;
    private final AtomicLong seenPosition = new AtomicLong();
    private volatile AsOf asOf = new AsOf(0, Optional.empty());

    /** What the last answer showed everything of, and when it came. */
    private record AsOf(long ms, Optional<Long> receivedNs) {}

    HolderLine(LeaderWays ways) {
        this.ways = ways;
    }

    /** From now on only what has come to a position is good enough. */
    void sawPosition(long position) {
        seenPosition.accumulateAndGet(position, Math::max);
    }

    /** The instant of which answers show everything, as of now or a moment ago; 0 when nobody can be asked. */
    long asOfMs() {
        AsOf last = asOf;
        boolean fresh = last.receivedNs().isPresent()
                && ways.clock().nowNs() - last.receivedNs().get() < AS_OF_KEPT_NS;
        if (fresh) {
            return last.ms();
        }
        try {
            return ask(new ReadQuestion.Whole(Table.POSITION), AS_OF_MAX_MS).asOfMs();
        } catch (ApiException e) {
            asOf = new AsOf(0, Optional.of(ways.clock().nowNs()));
            return 0;
        }
    }

    /** Asks one node. */
    @FunctionalInterface
    private interface Call<T> {
        T to(Member node, long timeoutMs) throws PeerException, InterruptedException;
    }

    @Override
    public ReadAnswer ask(ReadQuestion question) {
        return ask(question, ALL_MAX_MS);
    }

    private ReadAnswer ask(ReadQuestion question, long withinMs) {
        byte[] body = ReadCodec.encode(question);
        ReadAnswer answer = any(
                withinMs,
                (node, timeoutMs) -> ways.peers()
                        .read(new Peers.Reads(node, ways.partition(), seenPosition.get(), timeoutMs), body));
        sawPosition(answer.position());
        asOf = new AsOf(answer.asOfMs(), Optional.of(ways.clock().nowNs()));
        return answer;
    }

    @Override
    public long dump(Dump dump, Consumer<Change> sink) {
        long[] taken = {0};
        Consumer<Change> counted = change -> {
            taken[0]++;
            sink.accept(change);
        };
        Optional<Long> position = any(ALL_MAX_MS, (node, _) -> {
            try {
                Peers.Reads from = new Peers.Reads(node, ways.partition(), seenPosition.get(), DUMP_STALL_MS);
                return Optional.of(ways.peers().dump(from, dump, counted));
            } catch (PeerException | ApiException e) {
                if (taken[0] == 0) {
                    throw e;
                }
                // What the sink has cannot be taken back, and another node's dump would not go on from there.
                return Optional.empty();
            }
        });
        return position.orElseThrow(() -> unavailable(List.of("its dump broke off; changes=" + taken[0])));
    }

    private <T> T any(long withinMs, Call<T> call) {
        List<String> reasons = new ArrayList<>();
        long startNs = ways.clock().nowNs();
        for (Member node : nodes()) {
            long leftMs = withinMs - TimeUnit.NANOSECONDS.toMillis(ways.clock().nowNs() - startNs);
            if (leftMs <= 0) {
                break;
            }
            try {
                return call.to(node, Math.min(ASK_MAX_MS, leftMs));
            } catch (PeerException e) {
                reasons.add(String.valueOf(e.getMessage()));
            } catch (ApiException e) {
                if (e.code() == ErrorCode.TOO_LARGE) {
                    throw e;
                }
                reasons.add("node " + node.id() + ": " + e.message());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                reasons.add("interrupted");
                break;
            }
        }
        throw unavailable(reasons);
    }

    private ApiException unavailable(List<String> reasons) {
        String tried = reasons.isEmpty() ? "no other node is known" : String.join("; ", reasons);
        return new ApiException(
                ErrorCode.UNAVAILABLE,
                "this node does not hold the partition, and no node that does answers: " + tried + "; partition="
                        + ways.partition(),
                "try again in a moment; who leads and holds what: kalends leases --partitions",
                RETRY_AFTER_MS);
    }

    private Set<Member> nodes() {
        Overview seen = ways.overview().get();
        Set<Member> nodes = new LinkedHashSet<>();
        seen.owner(ways.partition()).map(Standing::member).ifPresent(nodes::add);
        seen.standings().stream()
                .filter(standing -> standing.fitness().fitFor(ways.partition()))
                .map(Standing::member)
                .forEach(nodes::add);
        seen.standings().stream().map(Standing::member).forEach(nodes::add);
        nodes.removeIf(node -> node.id().equals(ways.self()));
        return nodes;
    }
}
