package dev.kalends.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.DstRule;
import dev.kalends.job.Schedule;
import dev.kalends.job.Window;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code next --explain} shows: {@code next-explain.txt} is golden for the changes that break schedulers. */
final class NextFiresTest {
    private static final Window OPEN = Window.OPEN;

    private static final Pattern QUESTION =
            Pattern.compile("\\$ next --cron \"(.*)\" --tz (\\S+) --from (\\S+) -n (\\d+) --explain( --dst skip)?"
                    + "(?: --except (\\S+))?");

    @ParameterizedTest
    @MethodSource("goldenTranscripts")
    void explainsClockChanges(String golden) {
        Matcher question = QUESTION.matcher(golden.lines().findFirst().orElse(""));
        assertTrue(question.matches(), golden);
        DstRule dst = question.group(5) == null ? DstRule.CRON : DstRule.SKIP;
        Schedule.Cron cron = new Schedule.Cron(question.group(1), ZoneId.of(question.group(2)), dst);
        NextFires fires = NextFires.of(except(cron, question.group(6)), 0);
        long fromMs = ms(question.group(3));
        List<String> shown = new ArrayList<>(List.of(question.group()));
        for (NextFires.Fire fire : fires.after(fromMs - 1, OPEN, 0, Integer.parseInt(question.group(4)))) {
            shown.add(InstantText.local(fire.atMs(), cron.zone()) + "   " + InstantText.utc(fire.atMs())
                    + fire.note().map(note -> "   " + note).orElse(""));
        }
        fires.warnings(fromMs, Long.MAX_VALUE).forEach(warning -> shown.add("warning: " + warning));
        assertEquals(golden.lines().toList(), shown);
    }

    private static Schedule except(Schedule.Cron cron, @Nullable String days) {
        return days == null
                ? cron
                : new Schedule.Except(cron, ExcludedDaysText.parse(List.of(days.split(",", -1))), cron.zone());
    }

    private static List<String> goldenTranscripts() throws IOException {
        try (InputStream golden = NextFiresTest.class.getResourceAsStream("next-explain.txt")) {
            return List.of(
                    new String(Objects.requireNonNull(golden).readAllBytes(), StandardCharsets.UTF_8).split("\n\n"));
        }
    }

    @Test
    void staysInItsWindow() {
        NextFires fires = NextFires.of(new Schedule.Every(1_000, 0), 0);
        Window window = new Window(Optional.of(10_000L), Optional.of(14_000L), Optional.of(5), 60_000);
        assertEquals(List.of(10_000L, 11_000L, 12_000L, 13_000L), instants(fires.after(0, window, 0, 100)));
        assertEquals(List.of(13_000L), instants(fires.after(12_000, window, 0, 100)));
        assertEquals(List.of(10_000L, 11_000L), instants(fires.after(0, window, 3, 100)));
        assertEquals(List.of(), instants(fires.after(0, window, 5, 100)));
        assertEquals(List.of(), instants(fires.after(0, window, 6, 100)));
        assertEquals(List.of(10_000L), instants(fires.after(0, window, 0, 1)));
    }

    @Test
    void knowsOnceEveryAndManual() {
        assertEquals(List.of(7L), instants(NextFires.of(new Schedule.Once(7), 0).after(6, OPEN, 0, 5)));
        assertEquals(List.of(), instants(NextFires.of(new Schedule.Once(7), 0).after(7, OPEN, 0, 5)));
        assertEquals(List.of(), instants(NextFires.of(new Schedule.Manual(), 0).after(0, OPEN, 0, 5)));
        NextFires every = NextFires.of(new Schedule.Every(100, 50), 0);
        assertEquals(List.of(150L, 250L), instants(every.after(0, OPEN, 0, 2)));
        assertEquals(List.of(), every.warnings(0, Long.MAX_VALUE));
        assertEquals(
                NextFires.FIRES_MAX, every.after(0, OPEN, 0, Integer.MAX_VALUE).size());
    }

    @Test
    void warnsOfAYearAndNotMore() {
        ZoneId newYork = ZoneId.of("America/New_York");
        NextFires fires = NextFires.of(new Schedule.Cron("30 1,2 * * *", newYork, DstRule.CRON), 0);
        List<String> aYear = List.of(
                "2026-03-08 02:30 does not exist; fires at the end of the gap",
                "2026-11-01 01:30 happens twice; fires at the first");
        assertEquals(aYear, fires.warnings(ms("2026-01-01T00:00:00Z"), Long.MAX_VALUE));
        assertEquals(aYear.subList(0, 1), fires.warnings(ms("2026-01-01T00:00:00Z"), ms("2026-11-01T05:59:59Z")));
        assertEquals(List.of(), fires.warnings(5, 4));
    }

    @Test
    void warnsOfEverySecondWithoutWalkingOverThem() {
        Schedule.Cron seconds = new Schedule.Cron("0-59 0-59 0-5 * * *", ZoneId.of("Europe/Berlin"), DstRule.CRON);
        List<String> warnings = NextFires.of(seconds, 0).warnings(ms("2026-01-01T00:00:00Z"), Long.MAX_VALUE);
        assertEquals(
                List.of(
                        "2026-03-29 02:00, 02:00:01 and 3598 more do not exist; fires at the end of the gap,"
                                + " once with 03:00",
                        "2026-10-25 02:00, 02:00:01 and 3598 more happen twice; fires at the first"),
                warnings);
    }

    @Test
    void countsTheSkipsBeforeARareFire() {
        // From 1987 to 2006 the first Sunday of April was the day of the change.
        Schedule.Cron rare = new Schedule.Cron("30 2 * 4 sun#1", ZoneId.of("America/New_York"), DstRule.SKIP);
        List<NextFires.Fire> fires = NextFires.of(rare, 0).after(ms("1990-01-01T00:00:00Z"), OPEN, 0, 1);
        assertEquals(
                List.of(new NextFires.Fire(
                        ms("2007-04-01T06:30:00Z"),
                        Optional.of(
                                "skipped: 1990-04-01 02:30 does not exist; skipped: 1991-04-07 02:30 does not exist;"
                                        + " skipped at 15 more clock changes"))),
                fires);
    }

    @Test
    void saysNothingWhereNothingEverFires() {
        Schedule.Cron lost = new Schedule.Cron("30 2 * 3 sun#2", ZoneId.of("America/New_York"), DstRule.SKIP);
        assertEquals(List.of(), NextFires.of(lost, 0).after(ms("2026-01-01T00:00:00Z"), OPEN, 0, 1));
    }

    private static List<Long> instants(List<NextFires.Fire> fires) {
        return fires.stream().map(NextFires.Fire::atMs).toList();
    }

    private static long ms(String utc) {
        return Instant.parse(utc).toEpochMilli();
    }
}
