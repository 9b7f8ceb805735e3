package dev.kalends.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.kalends.job.Limits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The wire: strict requests, tolerant answers, no record forgotten. */
final class JsonTest {
    @Test
    void aRequestComesBackAsItWasWritten() {
        String text = "{\"name\":\"billing/close\",\"in\":\"5s\",\"command\":[\"/bin/echo\",\"\u00fc \ud83d\ude00\"],"
                + "\"env\":{\"A\":\"b\"},\"maxAttempts\":3,\"retryOn\":[75],\"limit\":{\"db\":2}}";
        JobRequest request = Json.readRequest(JobRequest.class, text.getBytes(UTF_8));
        assertEquals(List.of("/bin/echo", "\u00fc \ud83d\ude00"), request.command());
        assertEquals(request, Json.readRequest(JobRequest.class, Json.writeRequest(request)));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "{\"nmae\":\"x\"}|nmae",
                "{\"http\":{\"uri\":\"x\"}}|uri",
                "{\"x at at y\":1}|x at at y",
                "{\"dead\\u0007line\":1}|dead line"
            },
            delimiter = '|')
    void anUnknownFieldOfARequestIsNamed(String text, String field) {
        ApiException e =
                assertThrows(ApiException.class, () -> Json.readRequest(JobRequest.class, text.getBytes(UTF_8)));
        assertEquals(ErrorCode.INVALID, e.code());
        assertEquals("unknown field; field=" + field, e.message());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null x",
                "null",
                "{\"name\":\"a\",}",
                "{,}",
                "{\"retryOn\":[1,]}",
                "{\"retryOn\":[,1]}",
                "{\"retryOn\":[01]}",
                "{\"retryOn\":[+1]}",
                "{\"retryOn\":[1e1]}",
                "{\"name\":\"a\u0001\"}",
                "{\"name\":\"\\x\"}",
                "{\"name\":\"\\u12g4\"}",
                "{\"name\":\"\\",
                "{\"name\":nul}",
                "{\"manual\":truth}",
                "{'name':1}",
                "{name:1}",
                "[]",
                "{",
                "{\"name\":\"a\"} x",
                "{\"name\":\"a\"}{}",
                "{\"name\":5}",
                "{\"name\":{}}",
                "{\"command\":\"x\"}",
                "{\"env\":[]}",
                "{\"manual\":\"x\"}",
                "{\"maxAttempts\":\"x\"}",
                "{\"maxAttempts\":1.5}",
                "{\"maxAttempts\":99999999999}",
                "{\"maxAttempts\":99999999999999999999999}",
                "{\"retryOn\":[4294967296]}",
                "{\"name\":\"\\ud800\"}",
                "{\"name\":\"\\udc00\\ud800\"}",
                "{\"name\":\"\\\\\\ud83dx\"}"
            })
    void whatIsNotTheExpectedJsonIsInvalid(String text) {
        ApiException e =
                assertThrows(ApiException.class, () -> Json.readRequest(JobRequest.class, text.getBytes(UTF_8)));
        assertEquals(ErrorCode.INVALID, e.code());
    }

    @Test
    void rawHalvesOfSurrogatePairsAreRefusedAndEscapedBackslashesAreNot() {
        byte[] raw = "{\"name\":\"....\"}".getBytes(UTF_8);
        raw[9] = (byte) 0xed;
        raw[10] = (byte) 0xa0;
        raw[11] = (byte) 0x80;
        assertThrows(ApiException.class, () -> Json.readRequest(JobRequest.class, raw));
        String harmless = "{\"name\":\"\\\\ud800\"}";
        assertEquals(
                "\\ud800",
                Json.readRequest(JobRequest.class, harmless.getBytes(UTF_8)).name());
    }

    @Test
    void textsMayBeAsLongAsTheirLimitsAllow() {
        String argument = "\u00fc".repeat(64 * 1024);
        JobRequest request =
                Json.readRequest(JobRequest.class, ("{\"command\":[\"" + argument + "\\n\"]}").getBytes(UTF_8));
        assertEquals(List.of(argument + "\n"), request.command());
    }

    @Test
    void allEscapesAreRead() {
        String text = "{\"name\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\ud83d\\ude00\u20ac\"}";
        assertEquals(
                "\"\\/\b\f\n\r\t\u00e4\ud83d\ude00\u20ac",
                Json.readRequest(JobRequest.class, text.getBytes(UTF_8)).name());
    }

    @Test
    void whatIsNoUtf8IsRefused() {
        byte[] raw = "{\"name\":\"..\"}".getBytes(UTF_8);
        raw[9] = (byte) 0xc3;
        assertThrows(ApiException.class, () -> Json.readRequest(JobRequest.class, raw));
    }

    @Test
    void answersAreReadTolerantlyAndWrittenWithTheirNulls() {
        ClaimAnswer answer = Json.readAnswer(
                ClaimAnswer.class,
                "{\"grants\":[],\"ttlMs\":15000,\"news\":{\"a\":[1,-2.5e3,true,null,\"x\",{}],\"b\":{}}}"
                        .getBytes(UTF_8));
        assertEquals(new ClaimAnswer(List.of(), 15_000, null), answer);
        assertEquals(
                "{\"asOf\":\"t\",\"items\":[],\"next\":null}",
                new String(Json.writeAnswer(new JobPage("t", List.of(), null)), UTF_8));
        assertEquals(
                "{\"name\":\"n\"}",
                new String(Json.writeRequest(new TenantView("n", null, null, null, null, null)), UTF_8));
    }

    /** What the limits allow must come through: 256 KiB on stdin, 64 KiB of output, each byte escaped or not. */
    @Test
    void theLongestTextsThatLimitsAllowAreRead() {
        for (String letter : List.of("x", "\u0001", "\u00fc", "\"")) {
            String text = letter.repeat(Limits.BODY_BYTES_MAX);
            OutputView output = new OutputView(1, 0, text, true);
            assertEquals(output, Json.readAnswer(OutputView.class, Json.writeAnswer(output)));
            String request = new String(Json.writeRequest(output), UTF_8);
            assertEquals(output, Json.readRequest(OutputView.class, request.getBytes(UTF_8)));
        }
    }

    @Test
    void everyRecordOfThePackageHasItsAdapter() {
        JavaClasses classes = new ClassFileImporter().importPackages("dev.kalends.api");
        List<Class<?>> records = classes.stream()
                .filter(c -> c.isAssignableTo(Record.class))
                .<Class<?>>map(c -> c.reflect())
                .toList();
        assertTrue(records.size() > 40, "records=" + records.size());
        for (Class<?> type : records) {
            assertThrows(ApiException.class, () -> Json.readAnswer(type, "[".getBytes(UTF_8)), type.getName());
        }
    }
}
