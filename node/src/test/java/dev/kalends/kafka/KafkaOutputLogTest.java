package dev.kalends.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.job.RunId;
import dev.kalends.journal.OutputLog;
import dev.kalends.testing.KafkaBroker;
import dev.kalends.testing.MemoryOutputLog;
import dev.kalends.testing.OutputLogContract;
import dev.kalends.testing.Patience;
import dev.kalends.testing.Samples;
import dev.kalends.time.MonotonicClock;
import dev.kalends.time.WallClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Output tails on a real broker. */
final class KafkaOutputLogTest implements OutputLogContract {
    private static final long PATIENCE_MS = 30_000;
    private static final AtomicInteger CLUSTERS = new AtomicInteger();

    @TempDir
    private Path directory;

    private final List<OutputLog> logs = new ArrayList<>();
    private KafkaCluster cluster;
    private OutputLog log;

    @BeforeEach
    void open() {
        KafkaSettings settings = TestCluster.settings("output" + CLUSTERS.incrementAndGet(), KafkaBroker.shared());
        cluster = KafkaCluster.open(settings, directory, WallClock.system(), MonotonicClock.system());
        log = node("n1", new MemoryOutputLog());
    }

    private OutputLog node(String id, OutputLog local) {
        OutputLog opened = cluster.output(local, id);
        logs.add(opened);
        return opened;
    }

    @AfterEach
    void close() {
        logs.forEach(OutputLog::close);
        cluster.close();
    }

    @Override
    public OutputLog log() {
        return log;
    }

    private static String text(OutputLog from, RunId run) {
        return from.read(run, 1)
                .map(tail -> tail.offset() + ":" + new String(tail.bytes(), StandardCharsets.UTF_8))
                .orElse("none");
    }

    private static void append(OutputLog to, long offset, String text) {
        to.append(RUN, 1, offset, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyNodeHasWhatAnyNodeTook() {
        OutputLog other = node("n2", new MemoryOutputLog());
        append(log, 0, "one ");
        Patience.await(PATIENCE_MS, () -> text(other, RUN).equals("0:one "));
        append(other, 4, "two");
        Patience.await(PATIENCE_MS, () -> text(log, RUN).equals("0:one two"));
        assertEquals("0:one two", text(other, RUN));
    }

    @Test
    void aNodeThatComesLaterReadsOnFromWhereItWas() {
        MemoryOutputLog kept = new MemoryOutputLog();
        OutputLog other = node("n2", kept);
        append(log, 0, "one");
        Patience.await(PATIENCE_MS, () -> text(other, RUN).equals("0:one"));
        logs.remove(other);
        other.close();
        RunId next = RunId.scheduled(Samples.repeating(2), Samples.T0);
        log.append(next, 1, 0, "two".getBytes(StandardCharsets.UTF_8));
        MemoryOutputLog anew = new MemoryOutputLog();
        OutputLog again = node("n2", anew);
        Patience.await(PATIENCE_MS, () -> text(again, next).equals("0:two"));
        assertEquals(Optional.empty(), again.read(RUN, 1), "it does not read again what it had");
        OutputLog stranger = node("n3", new MemoryOutputLog());
        Patience.await(PATIENCE_MS, () -> text(stranger, RUN).equals("0:one"));
    }
}
