package dev.kalends.node;

import dev.kalends.lease.Fitness;
import dev.kalends.runtime.Seats;
import dev.kalends.server.NodeDuty;
import java.util.Optional;

/** What operators have a node do with its part in the cluster: lead nothing for a while, or give one partition back. */
final class OperatorDuty implements NodeDuty {
    private final Seats seats;
    private final Readiness readiness;

    /** Whether operators let the node lead; read by whoever says what it is fit for. */
    static final class Readiness {
        private volatile boolean draining;

        /** What the node is fit for, as far as operators are concerned. */
        Fitness fitness() {
            return draining ? Fitness.none(Fitness.DRAINING) : Fitness.ALL;
        }
    }

    OperatorDuty(Seats seats, Readiness readiness) {
        this.seats = seats;
        this.readiness = readiness;
    }

    @Override
    public void drain() {
        readiness.draining = true;
        seats.hint();
    }

    @Override
    public void undrain() {
        readiness.draining = false;
        seats.hint();
    }

    @Override
    public void stepDown(int partition) {
        seats.stepDown(partition);
    }

    /** A node that is alone leads without an end. */
    @Override
    public Optional<Trust> trust(int partition) {
        return Optional.empty();
    }
}
