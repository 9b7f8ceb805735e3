package dev.kalends.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.claim.ClaimDesk.Got;
import dev.kalends.job.JobId;
import dev.kalends.job.LeaseId;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import dev.kalends.runqueue.LocalRunQueue;
import dev.kalends.runqueue.Ticket;
import dev.kalends.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ClaimDeskTest {
    private static final int PARTITIONS = 4;
    private static final long WAIT_MS = 2_000;
    private static final long AGE_MAX_MS = 10_000;

    private final LocalRunQueue queue = new LocalRunQueue();
    private final List<Asked> open = new ArrayList<>();
    private long nowMs = 1_000;
    private int granted;
    private final ClaimDesk desk = desk(PARTITIONS);

    /** A question that a partition has not answered yet. */
    private record Asked(int partition, int slots, long waitMs, CompletableFuture<Reply> answer) {}

    private ClaimDesk desk(int partitions) {
        return new ClaimDesk(new ClaimDesk.Parts(
                partitions,
                (partition, claim, waitMs) -> {
                    CompletableFuture<Reply> answer = new CompletableFuture<>();
                    open.add(new Asked(partition, claim.free(), waitMs, answer));
                    return answer;
                },
                queue,
                () -> TimeUnit.MILLISECONDS.toNanos(nowMs),
                TimeUnit.MILLISECONDS.toNanos(AGE_MAX_MS)));
    }

    private CompletableFuture<Got> claim(int free) {
        return desk.claim(new Command.Claim("w", List.of("default"), free), WAIT_MS);
    }

    private List<Integer> lent() {
        return open.stream().map(Asked::slots).toList();
    }

    private void answer(Asked asked, int grants, boolean more) {
        open.remove(asked);
        asked.answer()
                .complete(new Reply.Claimed(
                        IntStream.range(0, grants)
                                .mapToObj(_ -> new Reply.Granted(
                                        Samples.leased(new JobId(asked.partition()), 0, ++granted),
                                        Samples.once(new JobId(asked.partition()), 0)))
                                .toList(),
                        more));
    }

    private Asked at(int partition) {
        return open.stream()
                .filter(asked -> asked.partition() == partition)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void halfOfTheSlotsWaitAllAround() {
        var _ = claim(16);
        assertEquals(List.of(2, 2, 2, 2), lent());
        assertTrue(open.stream().allMatch(asked -> asked.waitMs() == WAIT_MS));
    }

    @Test
    void ofOnePartitionAllSlotsWait() {
        var _ = desk(1).claim(new Command.Claim("w", List.of("default"), 16), WAIT_MS);
        assertEquals(List.of(16), lent());
    }

    @Test
    void oneSlotGoesWhereATicketSays() {
        CompletableFuture<Got> claim = claim(1);
        assertEquals(List.of(), lent());
        queue.offer(new Ticket(3, "default"));
        assertEquals(new Asked(3, 1, 0, open.getFirst().answer()), open.getFirst());
        answer(open.getFirst(), 1, false);
        assertEquals(1, claim.join().grants().size());
    }

    @Test
    void noSlotIsLentTwice() {
        CompletableFuture<Got> claim = claim(3);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            queue.offer(new Ticket(partition, "default"));
        }
        assertEquals(3, lent().stream().mapToInt(Integer::intValue).sum(), lent().toString());
        answer(open.getFirst(), 1, true);
        assertEquals(1, claim.join().grants().size());
        assertTrue(lent().stream().mapToInt(Integer::intValue).sum() <= 2, lent().toString());
    }

    @Test
    void whereMoreWaitsTheRestGoes() {
        CompletableFuture<Got> claim = claim(16);
        answer(at(2), 2, true);
        assertEquals(2, claim.join().grants().size());
        var _ = claim(14);
        Asked rest =
                open.stream().filter(asked -> asked.waitMs() == 0).findFirst().orElseThrow();
        assertEquals(2, rest.partition());
        assertEquals(14 - 6, rest.slots());
    }

    @Test
    void aLeadersQuestionIsPassedOnAtOnceAndOnce() {
        CompletableFuture<Got> claim = claim(16);
        LeaseId lease = new LeaseId(Samples.ready(new JobId(2), 0).id(), 7);
        Asked asked = at(2);
        open.remove(asked);
        asked.answer().complete(Reply.Claimed.NOTHING.doubting(List.of(lease)));
        assertTrue(claim.isDone(), "a question does not wait for work");
        assertEquals(new Got(List.of(), 0, List.of(lease)), claim.join());
        CompletableFuture<Got> next = claim(16);
        answer(at(2), 1, false);
        assertEquals(List.of(), next.join().doubted());
    }

    @Test
    void aLeadersQuestionWaitsForTheNextClaim() {
        CompletableFuture<Got> claim = claim(16);
        Asked late = at(2);
        answer(at(1), 1, false);
        assertEquals(1, claim.join().grants().size());
        LeaseId lease = new LeaseId(Samples.ready(new JobId(2), 0).id(), 7);
        open.remove(late);
        late.answer().complete(Reply.Claimed.NOTHING.doubting(List.of(lease)));
        CompletableFuture<Got> next = claim(15);
        assertTrue(next.isDone(), "what was asked meanwhile is told at once");
        assertEquals(List.of(lease), next.join().doubted());
    }

    @Test
    void aLeaseIsAsOldAsItsLeaderSays() {
        CompletableFuture<Got> claim = claim(16);
        Asked asked = at(0);
        nowMs += 400;
        asked.answer()
                .complete(new Reply.Claimed(
                        List.of(new Reply.Granted(Samples.leased(new JobId(0), 0, 1), Samples.once(new JobId(0), 0))),
                        false,
                        1_500,
                        List.of()));
        assertEquals(1_500, claim.join().ageMs(), "it counts from so long before the claim was sent");
    }

    @Test
    void whatIsGrantedWhileTheWorkerIsAwayWaitsForItsNextClaimAndIsAsOldAsItIs() {
        CompletableFuture<Got> first = claim(16);
        answer(at(0), 1, false);
        assertEquals(0, first.join().ageMs());
        nowMs += 3_000;
        answer(at(1), 2, false);
        Got second = claim(15).join();
        assertEquals(2, second.grants().size());
        assertEquals(3_000, second.ageMs());
    }

    @Test
    void whatWaitedTooLongIsNotGivenOut() {
        CompletableFuture<Got> first = claim(16);
        answer(at(0), 1, false);
        assertEquals(1, first.join().grants().size());
        answer(at(1), 2, false);
        nowMs += AGE_MAX_MS + 1;
        CompletableFuture<Got> second = claim(15);
        assertFalse(second.isDone());
    }

    @Test
    void aClaimNeverGetsMoreThanItHasSlotsFor() {
        CompletableFuture<Got> first = claim(16);
        answer(at(0), 2, false);
        answer(at(1), 2, false);
        answer(at(2), 2, false);
        assertEquals(2, first.join().grants().size());
        assertEquals(3, claim(3).join().grants().size());
        assertEquals(1, claim(3).join().grants().size());
    }

    @Test
    void runsThatDoNothingTakeNoSlot() {
        CompletableFuture<Got> first = claim(16);
        Asked asked = at(0);
        open.remove(asked);
        asked.answer().complete(new Reply.Claimed(noops(40), true));
        assertEquals(40, first.join().grants().size());
        assertEquals(16, lent().stream().mapToInt(Integer::intValue).sum());
        answer(at(1), 2, false);
        answer(at(2), 2, false);
        assertEquals(3, claim(3).join().grants().size());
    }

    /** Grants of a job whose work is to do nothing. */
    private List<Reply.Granted> noops(int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> new Reply.Granted(
                        Samples.leased(new JobId(0), 0, ++granted), Samples.edited(Samples.once(new JobId(0), 0), 2)))
                .toList();
    }

    @Test
    void anAnswerThatWasTakenBackInThatVeryMomentLosesNothing() {
        CompletableFuture<Got> first = claim(16);
        var _ = first.complete(Got.NOTHING);
        answer(at(0), 2, false);
        assertEquals(2, claim(16).join().grants().size());
    }

    @Test
    void aWorkerThatLeavesGetsWhatWasGrantedAndIsAnsweredWhenNoMoreCanCome() {
        CompletableFuture<Got> first = claim(16);
        answer(at(0), 2, false);
        assertEquals(2, first.join().grants().size());
        List<Asked> waiting = List.copyOf(open);
        CompletableFuture<Got> last = claim(0);
        List<Asked> withdrawn =
                open.stream().filter(asked -> asked.slots() == 0).toList();
        assertEquals(4, withdrawn.size(), "each leader is told");
        withdrawn.forEach(asked -> answer(asked, 0, false));
        answer(waiting.get(0), 1, true);
        answer(waiting.get(1), 0, false);
        answer(waiting.get(2), 0, false);
        assertFalse(last.isDone());
        answer(waiting.get(3), 0, false);
        assertEquals(1, last.join().grants().size());
        assertEquals(List.of(), open);
    }

    @Test
    void aPartitionThatCannotBeAskedIsLeftAloneForAMoment() {
        var _ = claim(16);
        Asked refused = at(1);
        open.remove(refused);
        refused.answer().completeExceptionally(new ApiException(ErrorCode.UNAVAILABLE, "nobody leads it", ""));
        assertEquals(3, open.size());
        nowMs += 300;
        var _ = claim(16);
        assertEquals(4, open.size());
    }

    @Test
    void aClaimThatWaitsIsAnsweredWhenTheWorkerSendsAnother() {
        CompletableFuture<Got> first = claim(16);
        CompletableFuture<Got> second = claim(16);
        assertEquals(Got.NOTHING, first.join());
        assertFalse(second.isDone());
        assertEquals(List.of(2, 2, 2, 2), lent());
    }

    @Test
    void aWaitThatIsOverGoesOnForAsLongAsTheClaimWaits() {
        CompletableFuture<Got> claim = claim(16);
        nowMs += 500;
        answer(at(1), 0, false);
        assertEquals(1_500, at(1).waitMs());
        nowMs += 2_000;
        answer(at(1), 0, false);
        assertTrue(open.stream().noneMatch(asked -> asked.partition() == 1));
        assertFalse(claim.isDone());
    }

    @Test
    void aDeskThatRetiresTakesItsSlotsBackAndGivesOutWhatWasGranted() {
        CompletableFuture<Got> waiting = claim(16);
        List<Asked> lent = List.copyOf(open);
        desk.retire();
        assertFalse(desk.atRest());
        assertFalse(waiting.isDone(), "what was lent may be granted in this very moment");
        assertEquals(
                PARTITIONS,
                open.stream().filter(asked -> asked.slots() == 0).count(),
                "each leader is told that the slots are gone");
        answer(lent.getFirst(), 1, false);
        lent.stream().skip(1).forEach(asked -> answer(asked, 0, false));
        assertEquals(1, waiting.join().grants().size());
        assertTrue(desk.atRest());
    }

    @Test
    void aDeskThatRetiredLendsNothing() {
        desk.retire();
        assertTrue(claim(16).join().grants().isEmpty());
        assertTrue(open.isEmpty());
    }
}
