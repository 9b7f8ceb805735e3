package dev.kalends.cli.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.cli.history.Execution;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The recorder writes down who called, when it came and when it was answered. */
final class RecorderTest {
    private static final String NOMINAL = "2026-03-08T07:00:00.250Z";
    private static final Duration SOON = Duration.ofSeconds(5);

    @Test
    void writesDownACall() throws Exception {
        try (Recorder recorder = new Recorder()) {
            long beforeMs = System.currentTimeMillis();
            assertEquals(200, call(recorder.url("job-1", 30)));
            Waits.until("it is written down", SOON, () -> recorder.executions().size() == 1);
            Execution seen = recorder.executions().getFirst();
            assertEquals("job-1", seen.job());
            assertEquals("run-1", seen.run());
            assertEquals(2, seen.attempt());
            assertEquals(77, seen.token());
            assertEquals(Instant.parse(NOMINAL).toEpochMilli(), seen.nominalMs());
            assertTrue(seen.startMs() >= beforeMs, seen::toString);
            assertTrue(seen.endMs() - seen.startMs() >= 30, seen::toString);
        }
    }

    private static int call(String url) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setRequestProperty("Idempotency-Key", "run-1");
        connection.setRequestProperty("Kalends-Attempt", "2");
        connection.setRequestProperty("Kalends-Token", "77");
        connection.setRequestProperty("Kalends-Nominal", NOMINAL);
        return connection.getResponseCode();
    }

    @Test
    void aCallerThatIsGoneHasNoEnd() throws Exception {
        try (Recorder recorder = new Recorder()) {
            URI url = URI.create(recorder.url("job-1", 200));
            try (Socket socket = new Socket(url.getHost(), url.getPort())) {
                // Closed with an answer to come, so that the system answers that with a reset.
                socket.setSoLinger(true, 0);
                String request =
                        "GET " + url.getPath() + " HTTP/1.1\r\nIdempotency-Key: run-1\r\nKalends-Attempt: 1\r\n"
                                + "Kalends-Token: 5\r\nKalends-Nominal: " + NOMINAL + "\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                Waits.pass(Duration.ofMillis(50));
            }
            Waits.until("it is written down", SOON, () -> recorder.executions().size() == 1);
            assertEquals(0, recorder.executions().getFirst().endMs());
        }
    }
}
