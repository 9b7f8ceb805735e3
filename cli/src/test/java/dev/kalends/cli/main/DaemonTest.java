package dev.kalends.cli.main;

import dev.kalends.cli.testing.CommandRun;
import dev.kalends.cli.testing.Golden;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What daemons refuse before they start, with the statuses that supervisors know. */
final class DaemonTest {
    @Test
    void refusesWhatCannotBeConfigured() throws IOException {
        new Golden("daemons")
                .add(CommandRun.inPipe(), "node", "--kafka", "127.0.0.1:9092", "--etcd", "http://127.0.0.1:2379")
                .add(CommandRun.inPipe(), "node", "--listen", "0.0.0.0:7070")
                .add(CommandRun.inPipe(), "node", "-o", "json", "--workers", "many")
                .add(CommandRun.inPipe(), "worker", "--kafka", "127.0.0.1:9092")
                .add(CommandRun.inPipe(), "worker", "--slots", "0")
                .check();
    }
}
