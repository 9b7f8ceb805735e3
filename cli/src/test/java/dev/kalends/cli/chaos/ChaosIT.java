package dev.kalends.cli.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A cluster of real processes with one fault after the other, judged from outside: nothing lost, doubled, early or
 * unexplained. {@code -Dkalends.e2e=full} goes through the whole matrix; {@code scripts/chaos} does one cell.
 */
final class ChaosIT {
    private static final boolean FULL = System.getProperty("kalends.e2e", "").equals("full");
    private static final double RATE = 100;
    private static final int SHORT_SECONDS = 20;
    private static final int FULL_SECONDS = 60;
    /** In the whole matrix the one that needs a second build is left to the script. */
    private static final String NEEDS_ANOTHER_BUILD = "upgrade";

    @Test
    void nothingIsLostDoubledEarlyOrUnexplained() throws Exception {
        Shell shell = Shell.here();
        Path program = Path.of(System.getProperty("kalends.program", "../scripts/kalends"))
                .toAbsolutePath()
                .normalize();
        SitePlan site = new SitePlan(SitePlan.Home.CLUSTER, SitePlan.Wiring.DIRECT, 3, 2, 32, 8, program);
        Path directory = Path.of("target", "chaos").toAbsolutePath();
        ChaosMain.fresh(directory);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        int seconds = FULL ? FULL_SECONDS : SHORT_SECONDS;
        ChaosOptions options =
                new ChaosOptions(site, RATE, seconds, ChaosOptions.WARM_SECONDS, 1, directory, program, out);
        List<String> names = FULL
                ? Cells.all().stream()
                        .map(Cell::name)
                        .filter(name -> !name.equals(NEEDS_ANOTHER_BUILD))
                        .toList()
                : Cells.SHORT;
        int status = ChaosMain.run(Cells.chosen(names, site.home()), options, shell);
        System.out.print(said.toString(StandardCharsets.UTF_8));
        assertEquals(0, status, () -> said.toString(StandardCharsets.UTF_8));
    }
}
