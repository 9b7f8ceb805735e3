package dev.kalends.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.cli.io.Printer;
import dev.kalends.cli.io.TerminalFacts;
import dev.kalends.cli.output.Format;
import dev.kalends.cli.output.Rendering;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How repetitions become one report, on a terminal, in a pipe, as JSON and as a log. */
final class ReportPageTest {
    private static Report report(double p99, List<String> faults, long... values) {
        Histogram histogram = new Histogram(3);
        for (long value : values) {
            histogram.recordValue(value);
        }
        return new Report(
                "steady: 1 fires/s for 2 s",
                List.of(new Figure("runs", 2, ""), new Figure("skew p99", p99, "ms")),
                Optional.of(new Report.Distribution("fire skew, ms", "skew-ms", histogram)),
                faults);
    }

    private static String printed(ReportPage page, Format format, TerminalFacts terminal) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Printer printer = new Printer(bytes);
        page.print(new Rendering(printer, terminal, format, false));
        printer.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static final TerminalFacts SCREEN = new TerminalFacts(true, true, true, 80, true);

    @Test
    void oneRepetitionHasNoSpread() {
        ReportPage page = new ReportPage(List.of(report(4.5, List.of(), 0, 3, 3)));
        assertEquals("runs\t2\t\nskew p99\t4.50\tms\n", printed(page, Format.AUTO, TerminalFacts.pipes()));
        assertEquals("""
                steady: 1 fires/s for 2 s
                  runs                                        2
                  skew p99                                 4.50 ms

                fire skew, ms
                              0          1  #################
                              1          0
                            2-3          2  ##################################
                """, printed(page, Format.AUTO, SCREEN));
    }

    @Test
    void severalShowTheMedianAndTheRange() {
        ReportPage page = new ReportPage(
                List.of(report(9, List.of(), 1), report(2, List.of(), 1), report(4, List.of("early starts: 1"), 700)));
        assertEquals(
                "runs\t2\t\t2\t2\nskew p99\t4\tms\t2\t9\nFAULT\tearly starts: 1\n",
                printed(page, Format.AUTO, TerminalFacts.pipes()));
        String screen = printed(page, Format.AUTO, SCREEN);
        assertTrue(screen.contains("median of 3 repetitions"), screen);
        assertTrue(screen.contains("4 ms      2 to 9\n"), screen);
        assertTrue(screen.contains("      512-1023          1  #################\n"), screen);
    }

    @Test
    void anEvenNumberHasAMedianBetween() {
        ReportPage page = new ReportPage(List.of(report(9, List.of(), 1), report(2, List.of(), 1)));
        assertTrue(printed(page, Format.AUTO, TerminalFacts.pipes()).contains("skew p99\t5.50\tms\t2\t9\n"));
    }

    @Test
    void jsonSaysWhatMakesItWorthless() {
        ReportPage page = new ReportPage(List.of(report(4.5, List.of("early starts: 1"), 3)));
        assertEquals(
                "{\"scenario\":\"steady: 1 fires/s for 2 s\",\"repetitions\":1,\"figures\":["
                        + "{\"name\":\"runs\",\"value\":\"2\",\"unit\":\"\",\"min\":\"2\",\"max\":\"2\"},"
                        + "{\"name\":\"skew p99\",\"value\":\"4.50\",\"unit\":\"ms\","
                        + "\"min\":\"4.50\",\"max\":\"4.50\"}],"
                        + "\"faults\":[{\"message\":\"early starts: 1\"}]}\n",
                printed(page, Format.JSON, TerminalFacts.pipes()));
        assertFalse(page.faults().isEmpty());
    }

    @Test
    void theLogHoldsEveryValueOfEachRepetition(@TempDir Path directory) throws FileNotFoundException {
        Path file = directory.resolve("skew.hlog");
        HdrLog.write(file, List.of(report(1, List.of(), 1, 2, 3), report(1, List.of(), 500)));
        HistogramLogReader reader = new HistogramLogReader(file.toFile());
        Histogram first = (Histogram) reader.nextIntervalHistogram();
        EncodableHistogram second = reader.nextIntervalHistogram();
        assertEquals(3, first.getTotalCount());
        assertEquals("skew-ms", first.getTag());
        assertEquals(500, second.getMaxValueAsDouble());
        reader.close();
    }
}
