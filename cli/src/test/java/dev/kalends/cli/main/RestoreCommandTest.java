package dev.kalends.cli.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.cli.testing.CommandRun;
import dev.kalends.sqlite.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code restore} makes, says and refuses. */
final class RestoreCommandTest {
    @TempDir
    private Path dir;

    /** An empty node's directory is as good as a backup of it. */
    private Path backup() {
        Path backup = dir.resolve("backup");
        DataDirectory.open(backup, 2).close();
        return backup;
    }

    @Test
    void makesADataDirectoryAndSaysWhatItMeans() {
        Path target = dir.resolve("new");
        CommandRun.Outcome outcome =
                CommandRun.onTerminal().run("restore", backup().toString(), "--data-dir", target.toString());
        assertEquals("restored " + target + "  (2 partitions, incarnation 2)\n", outcome.out());
        assertTrue(outcome.err().startsWith("What was done after the backup is not in it:\n"), outcome.err());
        assertTrue(outcome.err().endsWith("start it: kalends node --data-dir " + target + "\n"), outcome.err());
        assertFalse(outcome.err().contains("held"), outcome.err());
        assertEquals(0, outcome.status());
        try (DataDirectory made = DataDirectory.open(target, 1)) {
            assertEquals(2, made.partitions());
        }
    }

    @Test
    void programsGetItsFigures() {
        Path target = dir.resolve("new");
        CommandRun run = CommandRun.inPipe().variable("KALENDS_DATA_DIR", target.toString());
        assertEquals(
                target + "\t2\t2\t0\n", run.run("restore", backup().toString()).out());
        Path other = dir.resolve("other");
        assertEquals(
                "{\"dataDirectory\":\"" + other + "\",\"partitions\":2,\"incarnation\":3,\"held\":0}\n",
                CommandRun.inPipe()
                        .run("restore", target.toString(), "--data-dir", other.toString(), "-o", "json")
                        .out());
    }

    @Test
    void anotherNumberOfPartitionsMakesAMapping() {
        Path target = dir.resolve("new");
        CommandRun.Outcome outcome = CommandRun.onTerminal()
                .run("restore", backup().toString(), "--data-dir", target.toString(), "--partitions", "5");
        assertEquals("restored " + target + "  (5 partitions, incarnation 2)\n", outcome.out());
        assertTrue(
                outcome.err()
                        .startsWith("Another number of partitions: 0 jobs have new ids, old and new in " + target
                                + "/mapping.tsv\n"),
                outcome.err());
        assertTrue(Files.exists(target.resolve("mapping.tsv")));
        try (DataDirectory made = DataDirectory.open(target, 1)) {
            assertEquals(5, made.partitions());
        }
        CommandRun.Outcome wrong = CommandRun.inPipe()
                .run(
                        "restore",
                        target.toString(),
                        "--data-dir",
                        dir.resolve("w").toString(),
                        "--partitions",
                        "x");
        assertEquals(2, wrong.status());
        assertTrue(wrong.err().contains("a number from 1 to 1024"), wrong.err());
    }

    @Test
    void aClusterIsNamedWhole() {
        CommandRun.Outcome outcome =
                CommandRun.inPipe().run("restore", backup().toString(), "--kafka", "127.0.0.1:1", "--cluster", "c");
        assertEquals(2, outcome.status());
        assertTrue(outcome.err().contains("--etcd URL"), outcome.err());
    }

    @Test
    void refusesWhatIsNoBackupAndWhatIsNotEmpty() throws IOException {
        Path nothing = Files.createDirectory(dir.resolve("nothing"));
        CommandRun.Outcome noBackup = CommandRun.inPipe()
                .run(
                        "restore",
                        nothing.toString(),
                        "--data-dir",
                        dir.resolve("new").toString());
        assertEquals(2, noBackup.status());
        assertTrue(noBackup.err().startsWith("error: invalid: this is no backup"), noBackup.err());
        Path backup = backup();
        Files.writeString(nothing.resolve("mine"), "precious");
        CommandRun.Outcome full =
                CommandRun.inPipe().run("restore", backup.toString(), "--data-dir", nothing.toString());
        assertEquals(2, full.status());
        assertTrue(full.err().contains("new or empty directory"), full.err());
        assertEquals("precious", Files.readString(nothing.resolve("mine")));
    }
}
