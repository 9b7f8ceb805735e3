package dev.kalends.relay;

import static dev.kalends.testing.Samples.T0;
import static dev.kalends.testing.Samples.once;
import static dev.kalends.testing.Samples.oneOff;
import static dev.kalends.testing.Samples.ready;
import static dev.kalends.testing.Samples.repeating;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.job.JobId;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.journal.Change;
import dev.kalends.journal.Dump;
import dev.kalends.journal.Store;
import dev.kalends.journal.StoreReader;
import dev.kalends.journal.StoreReader.HistoryPage;
import dev.kalends.journal.StoreReader.JobPage;
import dev.kalends.memory.MemoryStore;
import dev.kalends.testing.Samples;
import dev.kalends.testing.StoreContract;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Everything that a store's reader promises, read through bytes as from another node. */
final class RemoteReaderContractTest implements StoreContract {
    private final MemoryStore store = new MemoryStore(Samples.PARTITION);
    private final Bytes line = new Bytes();

    /** A node that holds the partition: nothing comes through but bytes. */
    private final class Bytes implements RemoteReader.Line {
        private final List<ReadQuestion> asked = new ArrayList<>();
        private int rowsMax = Integer.MAX_VALUE;

        @Override
        public ReadAnswer ask(ReadQuestion question) {
            ReadQuestion travelled = ReadCodec.decode(ReadCodec.encode(question));
            assertEquals(question, travelled);
            asked.add(travelled);
            ReadAnswer answer = Reading.answer(travelled, store.reader(), 7);
            if (answer.rows().size() > rowsMax) {
                throw new ApiException(ErrorCode.TOO_LARGE, "too much", "ask for fewer rows");
            }
            return ReadAnswer.decode(answer.encode());
        }

        @Override
        public long dump(Dump dump, Consumer<Change> sink) {
            Dump travelled = DumpFrames.decode(DumpFrames.encode(dump));
            assertEquals(dump, travelled);
            try {
                return DumpFrames.read(new ByteArrayInputStream(dumped(travelled)), sink);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private byte[] dumped(Dump dump) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DumpFrames.write(dump, store.reader(), bytes);
        return bytes.toByteArray();
    }

    @Override
    public Store store() {
        return store;
    }

    @Override
    public Store reopened() {
        store.restart();
        return store;
    }

    @Override
    public StoreReader reader() {
        return new RemoteReader(line);
    }

    private static List<JobId> ids(JobPage page) {
        return page.rows().stream().map(row -> row.spec().id()).toList();
    }

    /** Whatever limit and scan: the same rows and the same place to go on as the store's own reader gives. */
    @Test
    void pagesOfJobsEndWhereTheStoresOwnDo() {
        for (int i = 0; i < 450; i++) {
            apply(new Change.PutSpec(once(oneOff(i), T0 + i), T0 + i));
        }
        StoreReader own = store.reader();
        for (int[] terms : new int[][] {{5, 1_000}, {10, 7}, {200, 200}, {450, 450}, {449, 1_000}, {1_000, 1_000}}) {
            for (int every : new int[] {1, 3, 200}) {
                Optional<JobId> after = Optional.empty();
                for (int page = 0; page < 3; page++) {
                    JobPage expected =
                            own.jobs(after, row -> row.spec().id().sequence() % every == 0, terms[0], terms[1]);
                    JobPage found =
                            reader().jobs(after, row -> row.spec().id().sequence() % every == 0, terms[0], terms[1]);
                    String what = Arrays.toString(terms) + " every=" + every + " page=" + page;
                    assertEquals(ids(expected), ids(found), what);
                    // A store may say that there may be more when there is not.
                    if (expected.next().isEmpty() || found.next().isPresent()) {
                        assertEquals(expected.next(), found.next(), what);
                    } else {
                        assertEquals(List.of(), ids(own.jobs(expected.next(), _ -> true, 1, 1)), what);
                    }
                    after = expected.next();
                }
            }
        }
    }

    @Test
    void pagesOfHistoryMissNothingAndRepeatNothing() {
        for (int i = 0; i < 900; i++) {
            apply(new Change.AppendHistory(Samples.dead(repeating(i % 7), T0 + i, T0 + i + 10)));
        }
        for (int every : new int[] {1, 2, 50, 900}) {
            List<RunId> expected = store
                    .reader()
                    .history(Long.MAX_VALUE, run -> run.id().nominalMs() % every == 0, 1_000, 1_000)
                    .runs()
                    .stream()
                    .map(Run::id)
                    .toList();
            List<RunId> found = new ArrayList<>();
            long before = Long.MAX_VALUE;
            for (int page = 0; before >= 0; page++) {
                assertTrue(page < 1_000, "the pages do not end");
                HistoryPage next = reader().history(before, run -> run.id().nominalMs() % every == 0, 4, 300);
                assertTrue(next.runs().size() <= 4);
                next.runs().forEach(run -> found.add(run.id()));
                before = next.next();
            }
            assertEquals(expected, found, "every=" + every);
        }
    }

    @Test
    void rareLinesOfHistoryAreFoundInFewQuestions() {
        for (int i = 0; i < 900; i++) {
            apply(new Change.AppendHistory(Samples.dead(repeating(i % 7), T0 + i, T0 + i + 10)));
        }
        HistoryPage page = reader().history(Long.MAX_VALUE, run -> run.id().nominalMs() == T0, 4, 1_000);
        assertEquals(1, page.runs().size());
        assertTrue(line.asked.size() < 10, "asked=" + line.asked.size());
    }

    @Test
    void whatIsTooLargeForOneAnswerIsAskedForInSmallerPages() {
        for (int i = 0; i < 40; i++) {
            apply(new Change.PutRun(ready(repeating(i), T0 + i)));
            apply(new Change.PutSpec(once(oneOff(i), T0 + i), T0 + i));
        }
        line.rowsMax = 7;
        assertEquals(40, reader().openRuns(Optional.empty(), _ -> true, 100).size());
        assertEquals(
                40, reader().jobs(Optional.empty(), _ -> true, 100, 100).rows().size());
        line.rowsMax = 0;
        ApiException refused =
                assertThrows(ApiException.class, () -> reader().openRuns(Optional.empty(), _ -> true, 100));
        assertEquals(ErrorCode.TOO_LARGE, refused.code());
    }

    @Test
    void aDumpThatEndsEarlyIsNoDump() throws Exception {
        apply(new Change.PutSpec(once(oneOff(1), T0), T0), new Change.PutRun(ready(repeating(1), T0)));
        byte[] whole = dumped(Dump.ALL);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(
                    EOFException.class,
                    () -> DumpFrames.read(new ByteArrayInputStream(cut), _ -> {}),
                    "length=" + length);
        }
        assertEquals(store.position(), DumpFrames.read(new ByteArrayInputStream(whole), _ -> {}));
    }

    /** All nodes of a cluster, of neighbouring versions, must agree on these bytes. */
    @Test
    void questionsAndAnswersKeepTheirBytes() {
        assertEquals("08094005", hex(ReadCodec.encode(new ReadQuestion.OpenRuns(Optional.empty(), 5))));
        ReadAnswer answer = new ReadAnswer(3, 5, List.of(new byte[] {1}), List.of(-1L), 9);
        assertEquals("080310051a010120012814", hex(answer.encode()));
        ReadAnswer read = ReadAnswer.decode(answer.encode());
        assertArrayEquals(new byte[] {1}, read.rows().getFirst());
        assertEquals(List.of(-1L), read.numbers());
        assertEquals(9, read.next());
        assertEquals(
                ReadAnswer.END,
                ReadAnswer.decode(new ReadAnswer(0, 0, List.of(), List.of(), -1).encode())
                        .next());
    }

    private static String hex(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(bytes);
    }
}
