package dev.kalends.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.ExcludedDays;
import dev.kalends.job.JobSpec;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.job.Schedule;
import dev.kalends.testing.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What was written once is read for ever, and is written the same way.
 *
 * <p>The golden file holds one change a line: its name and its bytes in hexadecimal. To add changes, run this test with
 * {@code -Dkalends.golden.add=FILE}: it writes the present lines and those that are missing. Lines that are there may
 * never change: that would mean that this build cannot read what an earlier one wrote.
 */
final class CodecGoldenTest {
    private static final String FILE = "changes-1.hex";
    private static final int SEEDS = 4;

    @Test
    void everythingEverWrittenIsReadAndWrittenTheSame() throws IOException {
        golden().forEach((name, hex) -> {
            Change change = Codec.decodeChange(HexFormat.of().parseHex(hex));
            assertEquals(name.substring(0, name.indexOf('-')), change.getClass().getSimpleName());
            assertEquals(hex, HexFormat.of().formatHex(Codec.encode(change)), name);
        });
    }

    @Test
    void knownChangesMeanWhatTheyMeant() throws IOException {
        Map<String, String> golden = golden();
        known().forEach((name, change) ->
                assertEquals(change, Codec.decodeChange(HexFormat.of().parseHex(golden.getOrDefault(name, ""))), name));
    }

    @Test
    void everyKindHasItsLines() throws IOException {
        Map<String, String> all = new TreeMap<>(golden());
        int before = all.size();
        for (int seed = 0; seed < SEEDS; seed++) {
            for (Change change : new RandomValues(seed).changes()) {
                all.putIfAbsent(change.getClass().getSimpleName() + "-" + seed, hex(change));
            }
        }
        known().forEach((name, change) -> all.putIfAbsent(name, hex(change)));
        String add = System.getProperty("kalends.golden.add", "");
        if (!add.isEmpty()) {
            StringBuilder text = new StringBuilder();
            all.forEach((name, hex) -> text.append(name).append(' ').append(hex).append('\n'));
            Files.writeString(Path.of(add), text);
        }
        assertEquals(all.size(), before, "kinds without lines; add them with -Dkalends.golden.add=FILE");
        assertTrue(before > SEEDS * 22, "lines=" + before);
    }

    private static Map<String, Change> known() {
        RunId run = RunId.scheduled(Samples.oneOff(3), Samples.T0 + 5);
        Map<String, Change> known = new TreeMap<>(Map.of(
                "PutSpec-once", new Change.PutSpec(Samples.once(Samples.oneOff(1), Samples.T0), Samples.T0),
                "PutSpec-cron", new Change.PutSpec(Samples.named(Samples.repeating(7), "billing/close"), -1),
                "PutState-next", new Change.PutState(Samples.next(Samples.repeating(7), Samples.T0 + 60_000)),
                "PutRun-leased", new Change.PutRun(Samples.leased(Samples.repeating(7), Samples.T0, 12)),
                "PutRun-retrying",
                        new Change.PutRun(Samples.retrying(Samples.repeating(7), Samples.T0, Samples.T0 + 9)),
                "AppendHistory-dead", new Change.AppendHistory(Samples.dead(Samples.repeating(7), Samples.T0, 99)),
                "RemoveRun-known", new Change.RemoveRun(run),
                "PutLedger-known",
                        new Change.PutLedger(new LedgerLine(
                                Samples.repeating(7), 5, 65, 2, RunState.MISSED, Optional.of("node was down"))),
                "PutHead-first", new Change.PutHead(Head.FIRST)));
        known.put("PutSpec-except", new Change.PutSpec(except(), -1));
        return known;
    }

    private static JobSpec except() {
        ExcludedDays days = new ExcludedDays.Builder()
                .dates(20_812, 20_812)
                .dates(20_820, 20_823)
                .everyYear(2, 29)
                .everyYear(12, 31)
                .build();
        Schedule every = new Schedule.Every(60_000, Samples.T0);
        return Samples.spec(
                Samples.repeating(8),
                Samples.name(Optional.empty()),
                new Schedule.Except(every, days, ZoneId.of("Pacific/Apia")));
    }

    private static String hex(Change change) {
        return HexFormat.of().formatHex(Codec.encode(change));
    }

    private static Map<String, String> golden() throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (InputStream in = CodecGoldenTest.class.getResourceAsStream(FILE)) {
            String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<String[]> lines = text.lines().map(line -> line.split(" ", 2)).toList();
            lines.forEach(parts -> all.put(parts[0], parts[1]));
        }
        return all;
    }
}
