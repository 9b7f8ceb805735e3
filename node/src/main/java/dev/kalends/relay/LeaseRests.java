package dev.kalends.relay;

import dev.kalends.api.ApiException;
import dev.kalends.api.PeerLeases;
import dev.kalends.job.Lease;
import dev.kalends.job.Run;
import dev.kalends.job.RunState;
import dev.kalends.journal.StoreReader;
import dev.kalends.lease.Coordination.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What is left of the leases of a partition that another node leads: asked for all at once, at most once a second, when
 * somebody wants to know.
 */
final class LeaseRests {
    private static final long KEPT_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long TIMEOUT_MS = 1_000;

    private final LeaderWays ways;
    private final Supplier<StoreReader> reader;
    private Map<Long, Long> endNsByToken = Map.of();
    private Optional<Long> askedNs = Optional.empty();

    LeaseRests(LeaderWays ways, Supplier<StoreReader> reader) {
        this.ways = ways;
        this.reader = reader;
    }

    synchronized OptionalLong leftMs(long token) {
        long nowNs = ways.clock().nowNs();
        if (askedNs.isEmpty() || nowNs - askedNs.get() >= KEPT_NS) {
            endNsByToken = ask();
            nowNs = ways.clock().nowNs();
            askedNs = Optional.of(nowNs);
        }
        Long endNs = endNsByToken.get(token);
        return endNs == null ? OptionalLong.empty() : OptionalLong.of(TimeUnit.NANOSECONDS.toMillis(endNs - nowNs));
    }

    private Map<Long, Long> ask() {
        Optional<Member> leader = ways.leader();
        if (leader.isEmpty()) {
            return Map.of();
        }
        try {
            List<Long> tokens = tokens();
            if (tokens.isEmpty()) {
                return Map.of();
            }
            long sentNs = ways.clock().nowNs();
            PeerLeases told =
                    ways.peers().leases(leader.get(), ways.partition(), new PeerLeases(tokens, List.of()), TIMEOUT_MS);
            return ends(told, sentNs);
        } catch (PeerException | ApiException e) {
            return Map.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Map.of();
        }
    }

    private static Map<Long, Long> ends(PeerLeases told, long sentNs) {
        Map<Long, Long> ends = new HashMap<>();
        for (int i = 0; i < Math.min(told.tokens().size(), told.leftMs().size()); i++) {
            if (told.leftMs().get(i) >= 0) {
                ends.put(
                        told.tokens().get(i),
                        sentNs + TimeUnit.MILLISECONDS.toNanos(told.leftMs().get(i)));
            }
        }
        return ends;
    }

    private List<Long> tokens() {
        List<Long> tokens = new ArrayList<>();
        for (Run run : reader.get()
                .openRuns(Optional.empty(), open -> open.state() == RunState.LEASED, PeerLeases.TOKENS_MAX)) {
            run.lease().map(Lease::token).ifPresent(tokens::add);
        }
        return tokens;
    }
}
