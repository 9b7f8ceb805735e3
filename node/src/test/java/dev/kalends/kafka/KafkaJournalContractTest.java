package dev.kalends.kafka;

import dev.kalends.journal.Journal;
import dev.kalends.testing.KafkaBroker;
import dev.kalends.testing.SharedJournalContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract of a journal, on a real broker; each node has a connection of its own. */
final class KafkaJournalContractTest implements SharedJournalContract {
    private static final AtomicInteger CLUSTERS = new AtomicInteger();

    @TempDir
    private Path directory;

    private final List<JournalNode> nodes = new ArrayList<>();
    private KafkaSettings settings;
    private Journal journal;

    @BeforeEach
    void open() {
        settings = TestCluster.settings("contract" + CLUSTERS.incrementAndGet(), KafkaBroker.shared());
        journal = another(0);
    }

    @AfterEach
    void close() {
        nodes.forEach(JournalNode::close);
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public long startPosition() {
        return 0;
    }

    @Override
    public Journal another(long position) {
        try {
            JournalNode node =
                    JournalNode.open(settings, Files.createDirectory(directory.resolve("node" + nodes.size())));
            nodes.add(node);
            node.journal().follow(position);
            return node.journal();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
