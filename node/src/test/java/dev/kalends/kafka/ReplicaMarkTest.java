package dev.kalends.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.journal.JournalException;
import dev.kalends.journal.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a data directory says of the journal that its replicas come from. */
final class ReplicaMarkTest {
    private static final long AWAY_MAX_MS = 1_000;
    private static final long NOW_MS = 50_000;

    @TempDir
    private Path directory;

    private ReplicaMark mark(String uuid) {
        return new ReplicaMark(directory, uuid, AWAY_MAX_MS);
    }

    @Test
    void anEmptyDirectoryTakesTheJournalThatIsThere() {
        assertEquals(ReplicaStart.KEEP, mark("one").check(0, NOW_MS));
        assertEquals(NOW_MS, mark("one").contactMs());
        assertEquals(ReplicaStart.KEEP, mark("one").check(700, NOW_MS + AWAY_MAX_MS));
    }

    @Test
    void anotherTopicIsRefusedAndNothingIsChanged() {
        mark("one").check(0, NOW_MS);
        String said = assertThrows(JournalException.class, () -> mark("two").check(700, NOW_MS))
                .toString();
        assertTrue(said.contains("known=one found=two"), said);
        assertThrows(JournalException.class, () -> mark("two").check(0, NOW_MS));
        assertEquals(ReplicaStart.KEEP, mark("one").check(700, NOW_MS));
    }

    @Test
    void jobsThatCameFromNoJournalAreRefusedEachTime() {
        assertThrows(JournalException.class, () -> mark("one").check(5, NOW_MS));
        assertThrows(JournalException.class, () -> mark("one").check(5, NOW_MS));
    }

    @Test
    void whoWasAwayForTooLongStartsFromNothing() {
        ReplicaMark mark = mark("one");
        mark.check(0, NOW_MS);
        assertEquals(ReplicaStart.FROM_NOTHING, mark.check(700, NOW_MS + AWAY_MAX_MS + 1));
        assertEquals(ReplicaStart.FROM_NOTHING, mark.check(700, NOW_MS + AWAY_MAX_MS + 1), "until it is done");
        mark.contact(NOW_MS + AWAY_MAX_MS + 1);
        assertEquals(ReplicaStart.KEEP, mark.check(700, NOW_MS + AWAY_MAX_MS + 2));
        assertEquals(ReplicaStart.KEEP, mark.check(0, NOW_MS + 99 * AWAY_MAX_MS), "there is nothing to go stale");
    }

    @Test
    void aContactThatCannotBeReadIsLongAgo() throws IOException {
        ReplicaMark mark = mark("one");
        mark.check(0, NOW_MS);
        Files.delete(directory.resolve("journal-contact"));
        assertEquals(ReplicaStart.FROM_NOTHING, mark.check(700, NOW_MS));
        Files.writeString(directory.resolve("journal-topic"), "nonsense\n");
        assertThrows(StoreException.class, () -> mark.check(700, NOW_MS));
    }
}
