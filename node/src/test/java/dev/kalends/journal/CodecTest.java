package dev.kalends.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.CodedOutputStream;
import dev.kalends.job.JobId;
import dev.kalends.job.JobName;
import dev.kalends.job.JobSpec;
import dev.kalends.job.Policy;
import dev.kalends.job.Schedule;
import dev.kalends.job.Tenant;
import dev.kalends.job.Window;
import dev.kalends.job.Work;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class CodecTest {
    private static final JobId NONE = new JobId(0);
    private static final JobId OTHER = new JobId(77);
    private static final int SEEDS = 500;
    private static final long DAY_MS = 86_400_000L;

    /** A kind of record: random values of it, and its encoding both ways. */
    private record Kind<T>(
            String name,
            Function<RandomValues, T> random,
            Function<T, byte[]> encode,
            Function<byte[], Object> decode) {
        byte[] bytes(long seed) {
            return encode.apply(random.apply(new RandomValues(seed)));
        }

        void roundTrip(long seed) {
            T value = random.apply(new RandomValues(seed));
            byte[] bytes = encode.apply(value);
            assertEquals(value, decode.apply(bytes), () -> name + " seed=" + seed);
            assertArrayEquals(bytes, bytes(seed), () -> name + " is encoded in one way only; seed=" + seed);
        }
    }

    private static List<Kind<?>> kinds() {
        return List.of(
                new Kind<>("batch", RandomValues::batch, Codec::encode, Codec::decodeBatch),
                new Kind<>("change", RandomValues::change, Codec::encode, Codec::decodeChange),
                new Kind<>("spec", RandomValues::spec, Codec::encode, Codec::decodeSpec),
                new Kind<>("policy", RandomValues::policy, Codec::encode, Codec::decodePolicy),
                new Kind<>(
                        "template",
                        values -> new Template(values.text(), values.policy()),
                        Codec::encode,
                        Codec::decodeTemplate),
                new Kind<>("state", RandomValues::state, v -> Codec.encode(v, NONE), b -> Codec.decodeState(b, NONE)),
                new Kind<>("run", RandomValues::aRun, v -> Codec.encode(v, OTHER), b -> Codec.decodeRun(b, OTHER)),
                new Kind<>("attempt", RandomValues::attempt, Codec::encode, Codec::decodeAttempt),
                new Kind<>("dead", RandomValues::letter, v -> Codec.encode(v, OTHER), b -> Codec.decodeDead(b, OTHER)),
                new Kind<>(
                        "ledger", RandomValues::ledger, v -> Codec.encode(v, NONE), b -> Codec.decodeLedger(b, NONE)),
                new Kind<>("submit key", RandomValues::submitKey, Codec::encode, Codec::decodeSubmitKey),
                new Kind<>("request", RandomValues::request, Codec::encode, Codec::decodeRequest),
                new Kind<>("tenant", RandomValues::tenant, Codec::encode, Codec::decodeTenant),
                new Kind<>("counts", RandomValues::counts, Codec::encode, Codec::decodeCounts),
                new Kind<>("head", RandomValues::head, Codec::encode, Codec::decodeHead));
    }

    private static List<DynamicTest> each(Consumer<Kind<?>> test) {
        return kinds().stream()
                .map(kind -> DynamicTest.dynamicTest(kind.name(), () -> test.accept(kind)))
                .toList();
    }

    @TestFactory
    List<DynamicTest> everyValueComesBack() {
        return each(kind -> {
            for (long seed = 0; seed < SEEDS; seed++) {
                kind.roundTrip(seed);
            }
        });
    }

    @Test
    void everyKindOfChangeComesBack() {
        for (long seed = 0; seed < 50; seed++) {
            for (Change change : new RandomValues(seed).changes()) {
                assertEquals(change, Codec.decodeChange(Codec.encode(change)), "seed=" + seed);
            }
        }
    }

    @TestFactory
    List<DynamicTest> fieldsOfLaterVersionsArePassedOver() {
        return each(kind -> {
            for (long seed = 0; seed < 20; seed++) {
                Object value = kind.decode().apply(kind.bytes(seed));
                byte[] more = concat(kind.bytes(seed), unknownFields());
                assertEquals(value, kind.decode().apply(more), "seed=" + seed);
            }
        });
    }

    @TestFactory
    List<DynamicTest> aLaterRecordVersionIsRefused() {
        return each(kind -> {
            byte[] later = concat(kind.bytes(1), message(out -> out.writeUInt64(FieldReader.VERSION_FIELD, 2)));
            assertKind(StoreException.Kind.NEWER, () -> kind.decode().apply(later));
        });
    }

    @TestFactory
    List<DynamicTest> damagedBytesAreNeverAnythingElse() {
        return each(kind -> {
            Random random = new Random(7);
            int refused = 0;
            for (int round = 0; round < 3_000; round++) {
                byte[] bytes = damaged(kind.bytes(round % 100), random);
                try {
                    assertNotNull(kind.decode().apply(bytes));
                } catch (StoreException e) {
                    refused++;
                    assertTrue(
                            e.kind() == StoreException.Kind.DAMAGED || e.kind() == StoreException.Kind.NEWER,
                            e.toString());
                }
            }
            assertTrue(refused > 100, "refused=" + refused);
        });
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        byte[] copy = Arrays.copyOf(bytes, random.nextInt(4) == 0 ? random.nextInt(bytes.length + 3) : bytes.length);
        for (int i = random.nextInt(4); i >= 0 && copy.length > 0; i--) {
            copy[random.nextInt(copy.length)] = (byte) random.nextInt();
        }
        return copy;
    }

    @Test
    void aRecordHasALimitBothWays() {
        JobSpec huge = spec(OTHER, new Schedule.Manual(), "x".repeat(Codec.RECORD_BYTES_MAX));
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> Codec.encode(huge));
        assertTrue(String.valueOf(refused.getMessage()).contains("limit=" + Codec.RECORD_BYTES_MAX));
        assertKind(StoreException.Kind.DAMAGED, () -> Codec.decodeSpec(new byte[Codec.RECORD_BYTES_MAX + 1]));
    }

    @Test
    void aStoredSpecLeavesOutWhatItsRowSays() {
        JobId id = JobId.of(3, 20_500, 12);
        long dueMs = 20_500 * DAY_MS + 3_600_000;
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomValues values = new RandomValues(seed);
            JobSpec spec = values.specOf(id, seed % 2 == 0 ? new Schedule.Once(dueMs - seed) : values.schedule());
            OptionalLong due = spec.schedule().repeats() ? OptionalLong.empty() : OptionalLong.of(dueMs);
            Template template = new Template(spec.tenant(), spec.policy());
            byte[] shared = Codec.encodeStored(spec, due, OptionalLong.of(5));
            byte[] alone = Codec.encodeStored(spec, due, OptionalLong.empty());
            assertEquals(spec, Codec.decodeStored(shared, id, due, number -> only(number == 5, template)));
            assertEquals(spec, Codec.decodeStored(alone, id, due, _ -> Optional.empty()));
        }
    }

    private static Optional<Template> only(boolean known, Template template) {
        return known ? Optional.of(template) : Optional.empty();
    }

    @Test
    void aWaitingJobIsSmall() {
        JobId id = JobId.of(0, 20_500, 12);
        long dueMs = 20_500 * DAY_MS + 3_600_000;
        JobSpec spec = spec(id, new Schedule.Once(dueMs), "x".repeat(30));
        byte[] bytes = Codec.encodeStored(spec, OptionalLong.of(dueMs), OptionalLong.of(0));
        assertEquals(30 + 2 + 7, bytes.length, "argument, its header, the instant of acceptance");
        byte[] nothing = Codec.encode(new Tenant(JobName.DEFAULT_TENANT, Optional.empty(), Optional.empty()));
        assertEquals(0, nothing.length);
    }

    @Test
    void aMissingTemplateIsDamage() {
        JobSpec spec = spec(OTHER, new Schedule.Manual(), "x");
        byte[] bytes = Codec.encodeStored(spec, OptionalLong.empty(), OptionalLong.of(3));
        assertKind(
                StoreException.Kind.DAMAGED,
                () -> Codec.decodeStored(bytes, OTHER, OptionalLong.empty(), _ -> Optional.empty()));
    }

    private static JobSpec spec(JobId id, Schedule schedule, String argument) {
        Work work = new Work.Command(List.of(argument), Map.of(), Optional.empty(), Optional.empty(), Optional.empty());
        JobName name = new JobName(JobName.DEFAULT_TENANT, Optional.empty(), Optional.empty());
        return new JobSpec(id, 1, name, schedule, Window.OPEN, work, Policy.DEFAULT, Map.of(), 1_772_323_200_000L);
    }

    private static void assertKind(StoreException.Kind kind, Supplier<?> work) {
        assertEquals(kind, assertThrows(StoreException.class, work::get).kind());
    }

    /** One unknown field of each wire type, numbered beyond all of ours. */
    private static byte[] unknownFields() {
        return message(out -> {
            out.writeUInt64(900, 5);
            out.writeFixed64(901, 6);
            out.writeString(902, "later");
            out.writeFixed32(903, 7);
        });
    }

    @FunctionalInterface
    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
