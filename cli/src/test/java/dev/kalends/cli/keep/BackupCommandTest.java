package dev.kalends.cli.keep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.cli.testing.CannedNode;
import dev.kalends.cli.testing.Golden;
import dev.kalends.cli.testing.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The node is told an absolute directory, and what it wrote is printed. */
final class BackupCommandTest {
    @Test
    void everyForm() throws IOException {
        try (CannedNode node = new CannedNode();
                CannedNode full = new CannedNode()) {
            node.answer(
                    "POST /v1/backup",
                    "{\"id\":\"/var/backups/k1\",\"name\":null,\"outcome\":\"backed_up\","
                            + "\"detail\":\"1 partition, up to position 42\",\"runs\":null}");
            full.refuse(
                    "POST /v1/backup",
                    409,
                    Samples.error(
                            "conflict", "a backup never overwrites; file=/var/backups/k1", "choose another place"));
            new Golden("backup")
                    .add(node.onTerminal(), "backup", "/var/backups/../backups/k1")
                    .add(node.inPipe(), "backup", "/var/backups/k1")
                    .add(node.inPipe(), "backup", "/var/backups/k1", "-o", "json")
                    .add(full.inPipe(), "backup", "/var/backups/k1")
                    .add(full.inPipe(), "backup")
                    .check();
            assertEquals(
                    "POST /v1/backup {\"dir\":\"/var/backups/k1\"}",
                    node.requests().getFirst());
            node.inPipe().run("backup", "here");
            assertEquals(
                    List.of("POST /v1/backup {\"dir\":\"" + Path.of("here").toAbsolutePath() + "\"}"),
                    node.requests().subList(3, 4));
        }
    }
}
