package dev.kalends.tui.main;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import org.junit.jupiter.api.Test;

/** The build goes through every view without a terminal: what throws there would leave the cache half trained. */
final class RehearsalTest {
    @Test
    void needsNoTerminalAndNoNode() {
        assertDoesNotThrow(Rehearsal::run);
    }
}
