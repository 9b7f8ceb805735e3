package dev.kalends.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The comparison finds what is planted, and excludes nothing that it has no reason for. */
final class PeerComparisonTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void findsAFireThatIsMissing() {
        PeerComparison comparison = compare("0 9 * * *", "2026-06-01T00:00:00Z", 0, 1, 3, 4, 5, 6, 7, 8);
        String planted =
                "planted: '0 9 * * *' in Europe/Berlin after 2026-06-01T00:00Z: only here 2026-06-03T07:00:00Z";
        assertEquals(List.of(planted), comparison.unexplained());
    }

    @Test
    void excludesWhatAClockChangeMoves() {
        // The fire of 2026-03-29 is at the end of the gap, where others have none.
        PeerComparison comparison = compare("30 2 * * *", "2026-03-26T12:00:00Z", 0, 1, 3, 4, 5, 6, 7, 8);
        assertEquals(List.of(), comparison.unexplained());
        assertTrue(comparison.row().matches("planted +1 +7 +0 +1 +0"), comparison.row());
    }

    @Test
    void excludesNothingElseNearby() {
        PeerComparison comparison = compare("30 6 * * *", "2026-03-26T12:00:00Z", 0, 1, 3, 4, 5, 6, 7, 8);
        assertEquals(1, comparison.unexplained().size());
    }

    /** Answers that are the days after, as numbered, of a daily job. */
    private static PeerComparison compare(String cron, String after, int... days) {
        Instant from = Instant.parse(after);
        PeerQuestion question = new PeerQuestion(cron, Optional.empty(), false, BERLIN, from.toEpochMilli());
        String[] fields = cron.split(" ", -1);
        List<Long> answer = Arrays.stream(days)
                .mapToObj(day -> from.atZone(BERLIN)
                        .toLocalDate()
                        .plusDays(from.atZone(BERLIN).getHour() > 9 ? day + 1 : day)
                        .atTime(Integer.parseInt(fields[1]), Integer.parseInt(fields[0]))
                        .atZone(BERLIN)
                        .toInstant()
                        .toEpochMilli())
                .toList();
        PeerComparison comparison = new PeerComparison("planted");
        comparison.add(List.of(question), List.of(Optional.of(answer)));
        return comparison;
    }
}
