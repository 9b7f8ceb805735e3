package dev.kalends.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ClaimAnswer;
import dev.kalends.api.LeaseName;
import dev.kalends.api.RenewAnswer;
import dev.kalends.api.RenewRequest;
import dev.kalends.api.RenewRequest.Held;
import dev.kalends.api.ReportRequest.Report;
import dev.kalends.time.VirtualClock;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Leases and reports in virtual time. */
final class LeaseBookTest {
    private static final long TTL_MS = 15_000;
    private static final LeaseKey A = new LeaseKey("a@1", 7);
    private static final LeaseKey B = new LeaseKey("b@1", 8);

    private final VirtualClock clock = new VirtualClock(1_000_000);
    private final LeaseBook book = new LeaseBook("w1");

    private ClockReading now() {
        return ClockReading.of(clock.monotonic(), clock.wall());
    }

    private List<HeldLease> grant(ClockReading sentAt, LeaseKey... keys) {
        List<HeldLease> leases = book.granted(
                new ClaimAnswer(
                        List.of(keys).stream()
                                .map(key -> Grants.noop()
                                        .run(key.run(), key.token())
                                        .grant())
                                .toList(),
                        TTL_MS,
                        null),
                sentAt,
                now());
        leases.forEach(lease -> book.started(lease.key(), now()));
        return leases;
    }

    private void doubt(LeaseKey... keys) {
        List<LeaseName> doubted = Stream.of(keys)
                .map(key -> new LeaseName(key.run(), key.token()))
                .toList();
        assertEquals(List.of(), book.granted(new ClaimAnswer(List.of(), TTL_MS, doubted), now(), now()));
    }

    private RenewRequest renewal() {
        return book.renewal(now()).orElseThrow();
    }

    private List<String> ends() {
        return book.report(now()).orElseThrow().reports().stream()
                .map(Report::end)
                .toList();
    }

    private static RenewAnswer kept() {
        return new RenewAnswer(List.of(), List.of(), TTL_MS, null);
    }

    private static LeaseBook.Stop lost(LeaseKey key) {
        return new LeaseBook.Stop(key, StopSignal.Reason.LOST);
    }

    @Test
    void renewsThreeTimesWithinATtlAllLeasesAtOnce() {
        grant(now(), A, B);
        assertEquals(Optional.empty(), book.renewal(now()));
        clock.advance(TTL_MS / 3);
        RenewRequest first = renewal();
        assertEquals(List.of("a@1", "b@1"), first.held().stream().map(Held::run).toList());
        assertEquals(1_000_000L, first.held().getFirst().startedAtMs());
        assertEquals(Optional.empty(), book.renewal(now()), "one renewal at a time");
        clock.advance(300);
        assertEquals(List.of(), book.renewed(kept(), now()));
        assertEquals(Optional.of(TTL_MS / 3 - 300), book.msUntilRenewal(now()));
        clock.advance(TTL_MS / 3 - 300);
        assertEquals(2, renewal().held().size());
    }

    @Test
    void disownsWhatItNeverGotAndDoesNotTakeItAnyMore() {
        doubt(A);
        assertEquals(Optional.of(0L), book.msUntilRenewal(now()), "at once, with nothing held");
        RenewRequest told = renewal();
        assertEquals(List.of(), told.held());
        assertEquals(List.of(new LeaseName(A.run(), A.token())), told.disowned());
        book.renewed(kept(), now());
        assertEquals(Optional.empty(), book.renewal(now()), "told once");
        clock.advance(3 * TTL_MS - 1);
        doubt(new LeaseKey("c@1", 9)); // what is remembered for long enough is forgotten with the next question
        assertEquals(List.of(), grant(now(), A), "somebody else runs it");
        assertEquals(1, grant(now(), B).size());
    }

    @Test
    void repeatsWhatItDisownsUntilThatHasArrived() {
        doubt(A);
        renewal();
        book.renewalFailed(now());
        clock.advance(500);
        assertEquals(
                1, Optional.ofNullable(renewal().disowned()).orElse(List.of()).size());
    }

    @Test
    void aNodeThatDoesNotKnowOfDisownedLeasesStillGetsTheOthers() {
        grant(now(), B);
        doubt(A);
        renewal();
        book.renewalRefused(now());
        clock.advance(500);
        RenewRequest again = renewal();
        assertNull(again.disowned());
        assertEquals(1, again.held().size());
    }

    @Test
    void disownsNothingThatItTook() {
        grant(now(), A, B);
        book.finished(A, Outcome.SUCCEEDED, now());
        doubt(A, B);
        clock.advance(TTL_MS / 3);
        assertNull(renewal().disowned(), "one is held, the other's report waits");
        var _ = book.report(now()).orElseThrow();
        doubt(A);
        book.renewed(kept(), now());
        clock.advance(TTL_MS / 3);
        assertNull(renewal().disowned(), "its report is on its way");
        book.reports().refused();
        doubt(A);
        book.renewed(kept(), now());
        clock.advance(TTL_MS / 3);
        assertNull(renewal().disowned(), "its report was refused, but its work was done");
    }

    @Test
    void trustEndsAMarginBeforeTheTtlOfTheSendTime() {
        ClockReading sentAt = now();
        clock.advance(2_000);
        grant(sentAt, A);
        clock.advance(TTL_MS - LeaseBook.MARGIN_MS - 2_000 - 1);
        assertEquals(List.of(), book.overdue(now()));
        clock.advance(1);
        assertEquals(List.of(lost(A)), book.overdue(now()));
        assertEquals(List.of(), book.overdue(now()), "each is named once");
    }

    @Test
    void anAcknowledgedRenewalExtendsTrustFromItsOwnSendTime() {
        grant(now(), A);
        clock.advance(6_000);
        renewal();
        clock.advance(5_000);
        book.renewed(kept(), now());
        clock.advance(TTL_MS - LeaseBook.MARGIN_MS - 5_000 - 1);
        assertEquals(List.of(), book.overdue(now()));
        clock.advance(1);
        assertEquals(List.of(lost(A)), book.overdue(now()));
    }

    @Test
    void aRenewalWithoutAnswerExtendsNothingAndIsRepeated() {
        grant(now(), A);
        clock.advance(5_000);
        renewal();
        clock.advance(4_000);
        book.renewalFailed(now());
        assertEquals(Optional.empty(), book.renewal(now()));
        clock.advance(500);
        assertEquals(1, renewal().held().size());
        clock.advance(4_500);
        assertEquals(List.of(lost(A)), book.overdue(now()));
    }

    @Test
    void eitherClockEndsTrust() {
        grant(now(), A);
        clock.suspend(TTL_MS);
        assertEquals(List.of(lost(A)), book.overdue(now()), "the machine slept: only the wall knows");
        grant(now(), B);
        clock.jumpWall(-3_600_000);
        clock.advance(TTL_MS - LeaseBook.MARGIN_MS - 1);
        assertEquals(List.of(), book.overdue(now()));
        clock.advance(1);
        assertEquals(List.of(lost(B)), book.overdue(now()), "the wall was set back: only monotonic time knows");
    }

    @Test
    void aSuccessAfterTheEndOfTrustIsReportedAsLost() {
        grant(now(), A, B);
        clock.advance(TTL_MS - LeaseBook.MARGIN_MS - 1);
        book.finished(A, Outcome.SUCCEEDED, now());
        clock.advance(1);
        book.finished(B, Outcome.SUCCEEDED, now());
        assertEquals(List.of("succeeded", "lost"), ends());
        assertEquals(0, book.held());
    }

    @Test
    void whatTheLeaderTookAwayIsStoppedAndNotReported() {
        grant(now(), A, B);
        clock.advance(5_000);
        renewal();
        assertEquals(List.of(lost(A)), book.renewed(new RenewAnswer(List.of("a@1"), List.of(), TTL_MS, null), now()));
        clock.advance(5_000);
        assertEquals(List.of("b@1"), renewal().held().stream().map(Held::run).toList());
        book.finished(A, Outcome.SUCCEEDED, now());
        assertEquals(Optional.empty(), book.report(now()));
    }

    @Test
    void aLeaseWhoseLeaderDidNotAnswerIsNeitherTrustedForLongerNorLost() {
        grant(now(), A, B);
        clock.advance(5_000);
        renewal();
        RenewAnswer half = new RenewAnswer(List.of(), List.of(), TTL_MS, List.of("a@1"));
        assertEquals(List.of(), book.renewed(half, now()));
        clock.advance(500);
        assertEquals(
                List.of("a@1", "b@1"), renewal().held().stream().map(Held::run).toList(), "it is tried again soon");
        book.renewalFailed(now());
        clock.advance(TTL_MS - LeaseBook.MARGIN_MS - 5_500);
        assertEquals(List.of(lost(A)), book.overdue(now()));
    }

    @Test
    void aCancelStopsPolitelyAndKeepsTheLease() {
        grant(now(), A);
        clock.advance(5_000);
        renewal();
        assertEquals(
                List.of(new LeaseBook.Stop(A, StopSignal.Reason.CANCELLED)),
                book.renewed(new RenewAnswer(List.of(), List.of("a@1"), TTL_MS, null), now()));
        clock.advance(TTL_MS - LeaseBook.MARGIN_MS - 1);
        assertEquals(List.of(), book.overdue(now()));
    }

    @Test
    void aGrantThatTookTooLongIsNotExecuted() {
        ClockReading sentAt = now();
        clock.advance(TTL_MS - LeaseBook.MARGIN_MS);
        assertEquals(List.of(), grant(sentAt, A));
        assertEquals(0, book.held());
        assertEquals(1, book.overdueCount());
    }

    @Test
    void anOldLeaseOfARunDoesNotStandForItsNewOne() {
        grant(now(), A);
        clock.advance(TTL_MS);
        book.overdue(now());
        LeaseKey again = new LeaseKey(A.run(), 9);
        grant(now(), again);
        book.finished(A, Outcome.SUCCEEDED, now());
        assertEquals(List.of("lost"), ends());
        clock.advance(5_000);
        assertEquals(9, renewal().held().getFirst().token());
        assertThrows(IllegalStateException.class, () -> book.finished(A, Outcome.SUCCEEDED, now()));
    }

    @Test
    void outputTravelsOnceAndAgainOnlyIfItsCarrierGotNoAnswer() {
        OutputTail output = grant(now(), A).getFirst().output();
        write(output, "one ");
        clock.advance(5_000);
        assertEquals("0:one ", output(renewal()));
        write(output, "two ");
        book.renewalFailed(now());
        clock.advance(1_000);
        assertEquals("0:one two ", output(renewal()));
        write(output, "three");
        book.renewed(kept(), now());
        book.finished(A, Outcome.SUCCEEDED, now());
        Report report = book.report(now()).orElseThrow().reports().getFirst();
        assertEquals("8:three", report.outputOffset() + ":" + decoded(report.output()));
    }

    @Test
    void aBookWithoutLeasesHasNothingToRenew() {
        grant(now(), A);
        book.finished(A, Outcome.SUCCEEDED, now());
        clock.advance(TTL_MS);
        assertEquals(Optional.empty(), book.renewal(now()));
        assertEquals(Optional.empty(), book.msUntilRenewal(now()));
        grant(now(), B);
        clock.advance(TTL_MS);
        book.overdue(now());
        assertEquals(Optional.empty(), book.renewal(now()), "what is overdue is not asked for again");
        assertTrue(book.msUntilRenewal(now()).isEmpty(), "nothing to wait for");
    }

    private static void write(OutputTail output, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        output.write(bytes, 0, bytes.length);
    }

    private static String output(RenewRequest request) {
        Held held = request.held().getFirst();
        return held.outputOffset() + ":" + decoded(held.output());
    }

    private static String decoded(@Nullable String base64) {
        return base64 == null ? "" : new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
