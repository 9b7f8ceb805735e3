package dev.kalends.testing;

import dev.kalends.journal.OutputLog;

final class MemoryOutputLogTest implements OutputLogContract {
    private final MemoryOutputLog log = new MemoryOutputLog();

    @Override
    public OutputLog log() {
        return log;
    }
}
