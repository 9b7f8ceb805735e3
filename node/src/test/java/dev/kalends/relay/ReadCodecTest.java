package dev.kalends.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.job.JobId;
import dev.kalends.job.RunId;
import dev.kalends.journal.Buckets;
import dev.kalends.journal.FieldWriter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ReadCodecTest {
    private static final JobId JOB = JobId.of(1, 2, 3);
    private static final RunId RUN = RunId.scheduled(JOB, 5);

    /** With the bytes that all versions of all nodes must agree on. */
    private record Sample(ReadQuestion question, String hex) {}

    private static final List<Sample> SAMPLES = List.of(
            new Sample(new ReadQuestion.Whole(ReadQuestion.Table.COUNTS), "08014803"),
            new Sample(new ReadQuestion.OneJob(JOB), "0802108380808080848010"),
            new Sample(new ReadQuestion.Named("t", "n"), "08032201742a016e"),
            new Sample(new ReadQuestion.ByIdPrefix("t", "0abcde", 3), "08042201742a063061626364654003"),
            new Sample(new ReadQuestion.Jobs(Optional.of(JOB), 4), "08054004108380808080848010"),
            new Sample(new ReadQuestion.Jobs(Optional.empty(), 4), "08054004"),
            new Sample(new ReadQuestion.JobsNamed("t", "a", "ab", 6), "08062201742a0161320261624006"),
            new Sample(new ReadQuestion.Spec(JOB, 2), "08071083808080808480104002"),
            new Sample(new ReadQuestion.OneRun(RUN), "08081a0b0883808080808480101005"),
            new Sample(new ReadQuestion.OpenRuns(Optional.of(RUN), 7), "080940071a0b0883808080808480101005"),
            new Sample(new ReadQuestion.OpenRunsOf(JOB), "080a108380808080848010"),
            new Sample(
                    new ReadQuestion.HistoryOf(JOB, Long.MAX_VALUE, 8),
                    "080b10838080808084801038feffffffffffffffff014008"),
            new Sample(new ReadQuestion.History(9, 10), "080c3812400a"),
            new Sample(new ReadQuestion.HistoryAfter(0, 11), "080d400b"),
            new Sample(new ReadQuestion.Dead(Optional.of(RUN), 12), "080e400c1a0b0883808080808480101005"),
            new Sample(new ReadQuestion.Ledger(JOB, 13, 14), "080f108380808080848010381a400e"),
            new Sample(new ReadQuestion.OneOffsDue(15), "0810381e"),
            new Sample(
                    new ReadQuestion.Waiting(new Buckets(61, 60, 60, 3), Optional.of("t")),
                    "08115208087a1078183c2003220174"),
            new Sample(
                    new ReadQuestion.Waiting(new Buckets(61, 60, 60, 3), Optional.empty()), "08115208087a1078183c2003"),
            new Sample(new ReadQuestion.AnswersBetween("a", "b", 5), "08132a01613201624005"),
            new Sample(new ReadQuestion.Plans(Optional.of(JOB), 16), "08124010108380808080848010"));

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void everyQuestionComesBackAsItWasAndKeepsItsBytes() {
        assertEquals(
                SAMPLES.stream().map(Sample::hex).collect(Collectors.joining("\n")),
                SAMPLES.stream()
                        .map(sample -> hex(ReadCodec.encode(sample.question())))
                        .collect(Collectors.joining("\n")));
        for (Sample sample : SAMPLES) {
            assertEquals(sample.question(), ReadCodec.decode(ReadCodec.encode(sample.question())));
        }
    }

    @Test
    void thereIsASampleOfEveryKind() {
        Set<Class<?>> kinds = Set.of(ReadQuestion.class.getPermittedSubclasses());
        assertEquals(
                kinds,
                SAMPLES.stream().map(sample -> sample.question().getClass()).collect(Collectors.toSet()));
    }

    @Test
    void aQuestionThatOnlyANewerBuildKnowsSaysSo() {
        FieldWriter future = new FieldWriter();
        future.number(1, 1_000);
        ApiException refused = assertThrows(ApiException.class, () -> ReadCodec.decode(future.toBytes()));
        assertEquals(ErrorCode.FAILED, refused.code());
        assertTrue(refused.message().endsWith("kind=1000"), refused.message());
    }

    @Test
    void damagedBytesAreRefusedAndNothingElse() {
        Random random = new Random(7);
        int refused = 0;
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = ReadCodec.encode(SAMPLES.get(round % SAMPLES.size()).question());
            byte[] changed = bytes.clone();
            changed[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            for (byte[] damaged : List.of(changed, Arrays.copyOf(bytes, random.nextInt(bytes.length)))) {
                try {
                    assertTrue(ReadCodec.encode(ReadCodec.decode(damaged)).length > 0);
                } catch (ApiException e) {
                    assertTrue(e.code() == ErrorCode.INVALID || e.code() == ErrorCode.FAILED, e.message());
                    refused++;
                }
            }
        }
        assertTrue(refused > 200, "most damage is noticed; refused=" + refused);
    }

    @Test
    void whatIsTooLargeIsNotSent() {
        byte[] row = new byte[ReadAnswer.ANSWER_BYTES_MAX / 3];
        ReadAnswer answer = new ReadAnswer(1, 1, List.of(row, row), List.of(), ReadAnswer.END);
        assertEquals(
                ErrorCode.TOO_LARGE,
                assertThrows(ApiException.class, answer::encode).code());
    }
}
