package dev.kalends.job;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RunStateTest {
    private static final Path SOURCE = Path.of("node/src/main/java/dev/kalends/job/RunState.java");

    @Test
    void allowsExactlyWhatItsTableSays() throws IOException {
        Map<RunState, Set<RunState>> table = table();
        int legal = 0;
        for (RunState from : RunState.values()) {
            for (RunState to : RunState.values()) {
                boolean marked = table.getOrDefault(from, Set.of()).contains(to);
                assertEquals(marked, from.allows(to), from + " to " + to);
                legal += marked ? 1 : 0;
                if (marked) {
                    assertDoesNotThrow(() -> from.require(to));
                } else {
                    IllegalStateException illegal = assertThrows(IllegalStateException.class, () -> from.require(to));
                    assertTrue(String.valueOf(illegal.getMessage()).endsWith("from=" + from + " to=" + to));
                }
            }
        }
        assertEquals(16, legal);
    }

    /** The crosses of the table in the class comment, each under the column whose heading it stands below. */
    private static Map<RunState, Set<RunState>> table() throws IOException {
        List<String> lines = Files.readAllLines(source()).stream()
                .map(line -> line.replaceFirst("^ \\* ?", ""))
                .toList();
        int heading = lines.indexOf("<pre>") + 1;
        String columns = lines.get(heading);
        Map<RunState, Set<RunState>> table = new EnumMap<>(RunState.class);
        for (String line : lines.subList(heading + 1, lines.indexOf("</pre>"))) {
            if (line.startsWith("(none)")) {
                continue;
            }
            String from = line.substring(0, line.indexOf(' '));
            String crosses = line.replaceFirst("\\(.*", "");
            Set<RunState> allowed = table.computeIfAbsent(RunState.valueOf(from), _ -> EnumSet.noneOf(RunState.class));
            for (int at : crosses(crosses)) {
                allowed.add(columnOver(columns, at));
            }
        }
        return table;
    }

    /** Found from wherever in the project the tests run. */
    private static Path source() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(SOURCE))) {
                return folder.resolve(SOURCE);
            }
        }
        throw new AssertionError("run the tests inside the project; missing=" + SOURCE);
    }

    private static List<Integer> crosses(String line) {
        List<Integer> places = new ArrayList<>();
        for (int at = line.indexOf(" x"); at >= 0; at = line.indexOf(" x", at + 1)) {
            places.add(at + 1);
        }
        return places;
    }

    private static RunState columnOver(String columns, int at) {
        for (RunState state : RunState.values()) {
            int start = (columns + " ").indexOf(" " + state + " ") + 1;
            if (start > 0 && start <= at && at < start + state.toString().length()) {
                return state;
            }
        }
        throw new AssertionError("no heading over the cross; at=" + at + " columns=" + columns);
    }

    @Test
    void endsOnlyWhereTheRunIsOver() {
        assertEquals(
                EnumSet.of(RunState.SUCCEEDED, RunState.DEAD, RunState.CANCELLED, RunState.SKIPPED, RunState.MISSED),
                filtered());
        // Only dead letters and upstream skips can be reopened.
        for (RunState over : filtered()) {
            boolean reopens = over == RunState.DEAD || over == RunState.SKIPPED;
            for (RunState to : RunState.values()) {
                assertEquals(reopens && to == RunState.READY, over.allows(to), over + " to " + to);
            }
        }
    }

    private static Set<RunState> filtered() {
        Set<RunState> terminal = EnumSet.noneOf(RunState.class);
        for (RunState state : RunState.values()) {
            if (state.isTerminal()) {
                terminal.add(state);
            }
        }
        return terminal;
    }

    @Test
    void hasTheWordsUsersKnow() {
        assertEquals("running", RunState.LEASED.word());
        assertEquals("ready", RunState.READY.word());
        assertEquals("missed", RunState.MISSED.word());
    }
}
