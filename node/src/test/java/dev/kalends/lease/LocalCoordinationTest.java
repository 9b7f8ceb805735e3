package dev.kalends.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.testing.CoordinationContract;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalCoordinationTest implements CoordinationContract {
    @TempDir
    Path directory;

    private Coordination one;
    private Coordination two;

    @BeforeEach
    void make() {
        one = new LocalCoordination(directory.resolve("node.lock"));
        two = new LocalCoordination(directory.resolve("node.lock"));
    }

    @AfterEach
    void leave() {
        one.close();
        two.close();
    }

    @Override
    public Coordination first() {
        return one;
    }

    @Override
    public Coordination second() {
        return two;
    }

    @Override
    public long monotonicNowNs() {
        return 0;
    }

    @Test
    void aSecondNodeIsToldWhoHasTheDirectory() {
        one.join(ONE);
        CoordinationException refused = assertThrows(CoordinationException.class, () -> two.join(TWO));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains(ONE.id()) && message.contains(ONE.url()), message);
        assertTrue(message.contains("pid " + ProcessHandle.current().pid()), message);
        one.close();
        two.join(TWO);
        assertEquals(Optional.of(Long.MAX_VALUE), own(two).map(Coordination.Ownership::leftMs));
    }

    @Test
    void trustDoesNotExpire() {
        one.join(ONE);
        own(one);
        assertTrue(one.trusted(0, Long.MAX_VALUE));
    }

    @Test
    void aMissingDirectoryIsNamed() {
        Coordination lost = new LocalCoordination(directory.resolve("no/such.lock"));
        CoordinationException refused = assertThrows(CoordinationException.class, () -> lost.join(ONE));
        assertTrue(String.valueOf(refused.getMessage()).contains("such.lock"));
    }

    private static Optional<Coordination.Ownership> own(Coordination coordination) {
        coordination.tryOwn(0);
        return coordination.owner(0);
    }
}
