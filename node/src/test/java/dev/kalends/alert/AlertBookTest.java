package dev.kalends.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.alert.AlertBook.Moment;
import dev.kalends.need.Need;
import dev.kalends.need.Sight;
import dev.kalends.time.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is told, and when, without waiting and without a receiver. */
final class AlertBookTest {
    private static final long T0 = 1_700_000_000_000L;
    private static final AlertTerms TERMS = AlertTerms.DEFAULT;

    private final VirtualClock clock = new VirtualClock(T0);
    private AlertBook book = new AlertBook(TERMS);

    private static Need need(String code, long amount) {
        return new Need(code, amount, amount + " of " + code, "kalends status");
    }

    private Moment now() {
        return new Moment(clock.nowMs(), clock.monotonic().nowNs());
    }

    private void see(Need... needs) {
        book.judge(new Sight(List.of(needs), true), now());
    }

    /** What is told now, all of it taken by the receiver. */
    private List<String> tell() {
        List<String> told = new ArrayList<>();
        while (true) {
            Optional<Tidings> next = book.next();
            if (next.isEmpty()) {
                return told;
            }
            told.add(next.get().event() + " " + next.get().watched().code() + " "
                    + next.get().amount());
            book.told(next.get(), now().ns());
        }
    }

    @Test
    void deadLettersAreToldAtOnceAndTheirEndAfterAWhile() {
        see();
        assertEquals(List.of(), tell());
        see(need(Need.DEAD_LETTERS, 2));
        assertEquals(List.of("BEGIN dead_letters 2"), tell());
        see(need(Need.DEAD_LETTERS, 2));
        assertEquals(List.of(), tell());
        see();
        assertEquals(List.of(), tell());
        clock.advance(TERMS.endAfterMs());
        see();
        assertEquals(List.of("END dead_letters 0"), tell());
        assertEquals(List.of(), tell());
    }

    @Test
    void whatFluttersIsOneAlert() {
        see(need(Need.SKEW_BREACH, 1));
        tell();
        for (int i = 0; i < 10; i++) {
            clock.advance(TERMS.endAfterMs() / 2);
            see();
            clock.advance(TERMS.endAfterMs() / 4);
            see(need(Need.SKEW_BREACH, 1));
        }
        assertEquals(List.of(), tell());
    }

    @Test
    void aTakeoverIsNoAlarm() {
        see(need(Need.NO_LEADER, 1));
        clock.advance(TERMS.leaderlessMs() - 1);
        see(need(Need.NO_LEADER, 1));
        assertEquals(List.of(), tell());
        see();
        clock.advance(TERMS.leaderlessMs());
        see(need(Need.NO_LEADER, 1));
        assertEquals(List.of(), tell(), "it began anew");
        clock.advance(TERMS.leaderlessMs());
        see(need(Need.NO_LEADER, 1));
        Tidings told = book.next().orElseThrow();
        assertEquals(clock.nowMs() - TERMS.leaderlessMs(), told.beganMs());
        assertEquals(List.of("BEGIN no_leader 1"), tell());
    }

    @Test
    void moreOfItIsToldButNotEveryTime() {
        see(need(Need.DEAD_LETTERS, 1));
        tell();
        see(need(Need.DEAD_LETTERS, 5));
        assertEquals(List.of(), tell());
        clock.advance(TERMS.moreAfterMs());
        see(need(Need.DEAD_LETTERS, 9));
        assertEquals(List.of("MORE dead_letters 9"), tell());
        clock.advance(TERMS.moreAfterMs());
        see(need(Need.DEAD_LETTERS, 4));
        assertEquals(List.of(), tell());
    }

    @Test
    void aReceiverThatWasAwayGetsTheLatestState() {
        see(need(Need.DEAD_LETTERS, 1), need(Need.SKEW_BREACH, 1));
        clock.advance(5_000);
        see(need(Need.DEAD_LETTERS, 7));
        clock.advance(TERMS.endAfterMs());
        see(need(Need.DEAD_LETTERS, 8));
        assertEquals(List.of("BEGIN dead_letters 8", "END skew_breach 0"), tell());
    }

    /** The receiver answers late, and meanwhile it was over. */
    @Test
    void whatChangesWhileItIsToldIsToldToo() {
        see(need(Need.DEAD_LETTERS, 1));
        Tidings begin = book.next().orElseThrow();
        see();
        clock.advance(TERMS.endAfterMs());
        see();
        book.told(begin, now().ns());
        assertEquals(List.of("END dead_letters 0"), tell());
    }

    @Test
    void whatCannotBeJudgedStaysAsItWas() {
        see(need(Need.DEAD_LETTERS, 1), need(Need.NO_LEADER, 1));
        clock.advance(TERMS.leaderlessMs());
        see(need(Need.DEAD_LETTERS, 1), need(Need.NO_LEADER, 1));
        tell();
        for (int i = 0; i < 3; i++) {
            clock.advance(TERMS.endAfterMs());
            book.judge(new Sight(List.of(), false), now());
        }
        assertEquals(List.of("END no_leader 0"), tell());
    }

    @Test
    void theOneThatTakesOverTellsWhatLastsAndWhatEndedLately() {
        see(need(Need.DEAD_LETTERS, 3), need(Need.SKEW_BREACH, 1), need(Need.LEDGER_GAP, 1));
        see(need(Need.DEAD_LETTERS, 3), need(Need.SKEW_BREACH, 1));
        clock.advance(TERMS.endAfterMs());
        see(need(Need.DEAD_LETTERS, 3));
        clock.advance(TERMS.endAfterMs());
        see(need(Need.DEAD_LETTERS, 3));
        book.takeOver(now());
        assertEquals(List.of("BEGIN dead_letters 3", "END skew_breach 0"), tell());
        clock.advance(TERMS.rememberedMs());
        see(need(Need.DEAD_LETTERS, 3));
        book.takeOver(now());
        assertEquals(List.of("BEGIN dead_letters 3"), tell());
    }

    @Test
    void whatEndedWhileTheNodeWasAwayIsToldToHaveEnded() {
        see(need(Need.DEAD_LETTERS, 3));
        Map<String, Long> lasting = book.lasting();
        assertEquals(Map.of("dead_letters", T0), lasting);
        book = new AlertBook(TERMS);
        book.resume(lasting);
        clock.advance(3_600_000);
        see();
        book.takeOver(now());
        tell();
        clock.advance(TERMS.endAfterMs());
        see();
        assertEquals(T0, book.next().orElseThrow().beganMs());
        assertEquals(List.of("END dead_letters 0"), tell());
        assertEquals(Map.of(), book.lasting());
    }
}
