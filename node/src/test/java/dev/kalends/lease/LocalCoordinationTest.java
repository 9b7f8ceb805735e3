package dev.kalends.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.testing.CoordinationContract;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LocalCoordinationTest implements CoordinationContract {
    private final Coordination coordination = new LocalCoordination();

    @Override
    public Coordination first() {
        return coordination;
    }

    @Override
    public long monotonicNowNs() {
        return 0;
    }

    @Test
    void trustDoesNotExpire() {
        coordination.join(ONE);
        coordination.tryOwn(0);
        assertTrue(coordination.trusted(0, Long.MAX_VALUE));
        assertEquals(Optional.of(Long.MAX_VALUE), coordination.owner(0).map(Coordination.Ownership::leftMs));
    }
}
