package dev.kalends.relay;

import dev.kalends.partition.Command;

/**
 * How long the way of a command may take, in milliseconds.
 *
 * <p>A renewal must not wait for a partition without a leader: the same worker has leases in others, and its heartbeat
 * is one for all. A claim does not wait either: the worker asks again, of whoever has work.
 */
final class Patience {
    static final long REQUEST_MS = 10_000;
    static final long RENEW_MS = 1_500;
    static final long CLAIM_MS = 1_000;

    private Patience() {}

    static long of(Command command) {
        return switch (command) {
            case Command.Requested _, Command.Report _ -> REQUEST_MS;
            case Command.Renew _ -> RENEW_MS;
            case Command.Claim _ -> CLAIM_MS;
            case Command.Fire _, Command.Wake _, Command.LeaseExpired _, Command.Tend _, Command.Sweep _ -> 0;
        };
    }
}
