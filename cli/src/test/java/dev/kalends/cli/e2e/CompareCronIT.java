package dev.kalends.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Other evaluators agree with ours wherever no known reason parts them: {@code scripts/compare-cron}. */
final class CompareCronIT {
    @Test
    void othersAgree() throws Exception {
        ProcessBuilder builder = new ProcessBuilder("../scripts/compare-cron").redirectErrorStream(true);
        builder.environment().put("KALENDS_TEST_CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        System.out.print(said);
        assertEquals(0, status, said);
    }
}
