package dev.kalends.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Debian's cron running a crontab on a clock of its own, a hundred times faster than ours, beside whatever else runs.
 *
 * <p>Its jobs say when they ran by {@link #record}. Real time is turned into cron's time by the speed, so a job seems
 * to start as many times later as the clock is faster: 50 ms are five seconds. cron itself makes up for a minute that
 * it comes too late to, up to five; {@link #longestWaitOf} tells whether the machine stood still for longer.
 */
final class CronBeside {
    static final int SPEED = 100;
    private static final String SCRIPT = "../scripts/lib/cron-beside";
    private static final DateTimeFormatter BEGIN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final Path directory;
    private final Clock clock;
    private final Process process;

    /**
     * The clock that cron has.
     *
     * @param from where it begins, not twice on the local clock
     * @param length for how long of its own time it runs
     */
    record Clock(ZoneId zone, Instant from, Duration length) {}

    private CronBeside(Path directory, Clock clock, Process process) {
        this.directory = directory;
        this.clock = clock;
        this.process = process;
    }

    /** Makes sure that cron is there, and fails with what is missing. */
    static void prepare() throws IOException, InterruptedException {
        Process prepared = new ProcessBuilder(SCRIPT, "--prepare")
                .redirectErrorStream(true)
                .start();
        String said = new String(prepared.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, prepared.waitFor(), said);
    }

    /** The command of a job, in a directory, that records when it runs. */
    static String record(Path directory, String name) {
        return directory.resolve("record") + " " + name;
    }

    /** Starts cron with a crontab in a new directory. */
    static CronBeside start(Path directory, Clock clock, List<String> crontab) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("crontab"), String.join("\n", crontab) + "\n");
        ProcessBuilder builder = new ProcessBuilder(
                SCRIPT,
                directory.toString(),
                clock.zone().getId(),
                BEGIN.format(clock.from().atZone(clock.zone())),
                Integer.toString(SPEED),
                Long.toString(clock.length().dividedBy(SPEED).toSeconds() + 1));
        builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile());
        return new CronBeside(directory, clock, builder.start());
    }

    /** When each job ran, by its name, on cron's clock, once cron has ended. */
    Map<String, List<Instant>> await() throws IOException, InterruptedException {
        assertEquals(0, process.waitFor(), () -> "cron failed; log=" + directory.resolve("log"));
        BigDecimal started =
                new BigDecimal(Files.readString(directory.resolve("started")).strip());
        Map<String, List<Instant>> runs = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory.resolve("runs"))) {
            for (Path file : files.toList()) {
                List<Instant> instants = new ArrayList<>();
                for (String line : Files.readAllLines(file)) {
                    long realNanos =
                            new BigDecimal(line.strip()).subtract(started).longValueExact();
                    instants.add(clock.from().plusNanos(realNanos * SPEED));
                }
                instants.sort(null);
                runs.put(String.valueOf(file.getFileName()), instants);
            }
        }
        return runs;
    }

    /** The longest time between two runs of a job, on cron's clock. */
    static Duration longestWaitOf(List<Instant> runs) {
        Duration longest = Duration.ZERO;
        for (int i = 1; i < runs.size(); i++) {
            Duration wait = Duration.between(runs.get(i - 1), runs.get(i));
            longest = wait.compareTo(longest) > 0 ? wait : longest;
        }
        return longest;
    }
}
