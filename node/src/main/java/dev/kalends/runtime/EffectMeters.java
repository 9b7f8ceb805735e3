package dev.kalends.runtime;

import dev.kalends.job.Lease;
import dev.kalends.job.RunKind;
import dev.kalends.partition.Effect;

/** Turns effects into figures. */
final class EffectMeters {
    private final Meters meters;

    EffectMeters(Meters meters) {
        this.meters = meters;
    }

    void count(Effect.Counted counted) {
        meters.count(
                switch (counted.metric()) {
                    case SUBMITTED -> Meters.Counter.SUBMITTED;
                    case FIRED -> Meters.Counter.FIRED;
                    case SUCCEEDED -> Meters.Counter.SUCCEEDED;
                    case FAILED -> Meters.Counter.FAILED;
                    case RETRIED -> Meters.Counter.RETRIED;
                    case DEAD -> Meters.Counter.DEAD;
                    case SKIPPED -> Meters.Counter.SKIPPED;
                    case MISSED -> Meters.Counter.MISSED;
                    case CANCELLED -> Meters.Counter.CANCELLED;
                    case LEASES_LOST -> Meters.Counter.LEASES_LOST;
                },
                counted.n());
    }

    /**
     * Enters a first start: skew by stage for scheduled runs that were fired in time; catch-up is only counted.
     *
     * @param grantCommittedMs wall clock at which the lease was committed
     */
    void started(Effect.Started started, long grantCommittedMs) {
        if (started.run().kind() != RunKind.SCHEDULED) {
            return;
        }
        if (started.catchUp()) {
            meters.count(Meters.Counter.CATCH_UP_STARTED, 1);
            return;
        }
        Lease lease = started.lease();
        meters.record(Meters.Stage.WHEEL, started.firedMs() - started.dueMs());
        meters.record(Meters.Stage.QUEUE, lease.grantedMs() - started.firedMs());
        meters.record(Meters.Stage.COMMIT, grantCommittedMs - lease.grantedMs());
        meters.record(Meters.Stage.START, started.startedMs() - grantCommittedMs);
        meters.started(started.startedMs() - started.dueMs());
    }
}
