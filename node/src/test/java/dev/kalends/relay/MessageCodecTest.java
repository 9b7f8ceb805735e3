package dev.kalends.relay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.journal.FieldWriter;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MessageCodecTest {
    private static final int SEEDS = 200;
    /** A field number that no message has yet. */
    private static final int FUTURE_FIELD = 1_000;

    /** What stays in its partition. */
    private static final Set<Class<?>> TIMERS = Set.of(
            Command.Fire.class,
            Command.Wake.class,
            Command.LeaseExpired.class,
            Command.Tend.class,
            Command.Sweep.class);

    @Test
    void everyCommandThatMayTravelAndEveryReplyComesBackAsItWas() {
        for (int seed = 0; seed < SEEDS; seed++) {
            String what = "seed=" + seed;
            RandomMessages messages = new RandomMessages(seed);
            for (Command command : messages.commands()) {
                byte[] bytes = CommandCodec.encode(command);
                assertEquals(command, CommandCodec.decode(bytes), what);
                assertArrayEquals(bytes, CommandCodec.encode(CommandCodec.decode(bytes)), what);
                assertTrue(CommandCodec.travels(command), what);
            }
            for (Reply reply : messages.replies()) {
                byte[] bytes = ReplyCodec.encode(reply);
                assertEquals(reply, ReplyCodec.decode(bytes), what);
            }
        }
    }

    /** Whoever adds a command or a reply adds a sample of it here, and so learns whether it comes through. */
    @Test
    void thereIsASampleOfEveryKind() {
        RandomMessages messages = new RandomMessages(1);
        Set<String> commands = names(leaves(Command.class).filter(type -> !TIMERS.contains(type)));
        assertEquals(commands, names(messages.commands().stream().map(Object::getClass)));
        assertEquals(
                names(leaves(Reply.class)), names(messages.replies().stream().map(Object::getClass)));
    }

    @Test
    void aTimersCommandDoesNotTravel() {
        Command tend = new Command.Tend(1);
        assertFalse(CommandCodec.travels(tend));
        assertThrows(IllegalArgumentException.class, () -> CommandCodec.encode(tend));
    }

    @Test
    void fieldsOfANewerBuildArePassedOver() {
        RandomMessages messages = new RandomMessages(7);
        FieldWriter future = new FieldWriter();
        future.text(FUTURE_FIELD, "what nobody knows yet");
        for (Command command : messages.commands()) {
            assertEquals(command, CommandCodec.decode(joined(CommandCodec.encode(command), future.toBytes())));
        }
        for (Reply reply : messages.replies()) {
            assertEquals(reply, ReplyCodec.decode(joined(ReplyCodec.encode(reply), future.toBytes())));
        }
    }

    @Test
    void aCommandThatOnlyANewerBuildKnowsSaysSo() {
        FieldWriter future = new FieldWriter();
        future.text(FUTURE_FIELD, "a command to come");
        ApiException refused = assertThrows(ApiException.class, () -> CommandCodec.decode(future.toBytes()));
        assertEquals(ErrorCode.FAILED, refused.code());
        assertTrue(refused.message().endsWith("kind=" + FUTURE_FIELD), refused.message());
    }

    @Test
    void whatBecameOfACommandComesBackAsItWas() {
        for (Reply reply : new RandomMessages(3).replies()) {
            PeerAnswer answer = new PeerAnswer.Replied(reply);
            assertEquals(answer, PeerAnswer.decode(answer.encode()));
        }
        assertEquals(new PeerAnswer.NotLeader(), PeerAnswer.decode(new PeerAnswer.NotLeader().encode()));
        ApiException why = new ApiException(ErrorCode.TOO_LARGE, "much", "send less", 250);
        PeerAnswer.Failed failed = (PeerAnswer.Failed) PeerAnswer.decode(new PeerAnswer.Failed(why, true).encode());
        assertTrue(failed.inDoubt());
        assertEquals(ErrorCode.TOO_LARGE, failed.why().code());
        assertEquals("much", failed.why().message());
        assertEquals(250, failed.why().retryAfterMs());
        refused(PeerAnswer::decode, new byte[0]);
    }

    @Test
    void twoCommandsInOneMessageAreRefused() {
        byte[] claim = CommandCodec.encode(new Command.Claim("w", List.of("q"), 1));
        refused(CommandCodec::decode, joined(claim, claim));
        refused(CommandCodec::decode, new byte[0]);
    }

    @Test
    void damagedBytesAreRefusedAndNothingElse() {
        Random random = new Random(42);
        int refused = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomMessages messages = new RandomMessages(seed);
            for (Command command : messages.commands()) {
                refused += damage(CommandCodec.encode(command), random, CommandCodec::decode);
            }
            for (Reply reply : messages.replies()) {
                refused += damage(ReplyCodec.encode(reply), random, ReplyCodec::decode);
            }
        }
        assertTrue(refused > SEEDS, "most damage is noticed; refused=" + refused);
    }

    @Test
    void whatIsTooLargeIsNeitherSentNorRead() {
        String worker = "w".repeat(CommandCodec.COMMAND_BYTES_MAX + 1);
        Command claim = new Command.Claim(worker, List.of(), 1);
        assertEquals(
                ErrorCode.INVALID,
                assertThrows(ApiException.class, () -> CommandCodec.encode(claim))
                        .code());
        refused(CommandCodec::decode, new byte[CommandCodec.COMMAND_BYTES_MAX + 1]);
    }

    /** Decodes with one byte changed, cut off, or inserted; counts how often that was refused, in the right way. */
    private static int damage(byte[] bytes, Random random, Function<byte[], ?> decode) {
        int refused = 0;
        for (int round = 0; round < 4 && bytes.length > 0; round++) {
            byte[] changed = bytes.clone();
            changed[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            for (byte[] damaged : List.of(changed, cut)) {
                try {
                    assertNotNull(decode.apply(damaged));
                } catch (ApiException e) {
                    assertTrue(e.code() == ErrorCode.INVALID || e.code() == ErrorCode.FAILED, e.message());
                    refused++;
                }
            }
        }
        return refused;
    }

    private static void refused(Function<byte[], ?> decode, byte[] bytes) {
        assertEquals(
                ErrorCode.INVALID,
                assertThrows(ApiException.class, () -> decode.apply(bytes)).code());
    }

    private static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(first);
        joined.writeBytes(second);
        return joined.toByteArray();
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type)
                : Arrays.stream(type.getPermittedSubclasses()).flatMap(MessageCodecTest::leaves);
    }

    private static Set<String> names(Stream<? extends Class<?>> types) {
        return types.map(Class::getSimpleName).collect(Collectors.toCollection(TreeSet::new));
    }
}
