package dev.kalends.kafka;

import static dev.kalends.testing.Samples.T0;
import static dev.kalends.testing.Samples.repeating;

import dev.kalends.job.Backfill;
import dev.kalends.job.JobId;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.PauseOrder;
import dev.kalends.job.RunId;
import dev.kalends.job.RunKind;
import dev.kalends.job.RunState;
import dev.kalends.job.Tenant;
import dev.kalends.journal.Change;
import dev.kalends.journal.Counts;
import dev.kalends.journal.Head;
import dev.kalends.journal.RequestAnswer;
import dev.kalends.journal.SubmitKey;
import dev.kalends.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A change of every kind, about jobs and runs that are told apart by a number. */
final class ChangeSamples {
    private ChangeSamples() {}

    /** Those that have a key of their own. */
    static List<Change> keyed(int number) {
        JobId job = repeating(number);
        RunId manual = new RunId(job, T0, RunKind.MANUAL, 1 + number);
        SubmitKey.Id key = new SubmitKey.Id("acme", Optional.of("billing/è"), "k" + number);
        List<Change> all = new ArrayList<>();
        all.add(new Change.PutSpec(Samples.named(job, "job" + number), -1));
        all.add(new Change.PutSpec(Samples.edited(Samples.named(job, "job" + number), 2), -1));
        all.add(new Change.PutState(Samples.next(job, T0 + 60_000)));
        all.add(new Change.PutRun(Samples.leased(job, T0 + number, 12)));
        all.add(new Change.RemoveRun(manual));
        all.add(new Change.PutLedger(
                new LedgerLine(job, T0 + 5, T0 + 65, 2, RunState.MISSED, Optional.of("node was down"))));
        all.add(new Change.RemoveLedger(job, T0 + 6));
        all.add(new Change.PutDead(Samples.letter(Samples.dead(job, T0 + number, T0 + 99))));
        all.add(new Change.RemoveDead(manual));
        all.add(new Change.PutSubmitKey(new SubmitKey(key, job, 77, 0)));
        all.add(new Change.RemoveSubmitKey(new SubmitKey.Id("acme", Optional.empty(), "k" + number)));
        all.add(new Change.PutRequest(new RequestAnswer("req" + number, T0 + 600_000, -5, List.of())));
        all.add(new Change.RemoveRequest("old" + number));
        all.add(new Change.PutSlot(Samples.DAY + number, 7));
        all.add(new Change.PutTenant(new Tenant("acme" + number, Optional.of(5), Optional.empty())));
        all.add(new Change.PutCounts(Counts.none("acme" + number)));
        all.add(new Change.PutBackfill(new Backfill(job, 1, 1, T0, T0 + 99, 0, 50, 5)));
        all.add(new Change.RemoveBackfill(job, 2));
        all.add(new Change.PutPause(order(Optional.of("t" + number))));
        all.add(new Change.RemovePause(Optional.of("u" + number)));
        return all;
    }

    /** Those of which there is one in a partition. */
    static List<Change> single() {
        return List.of(new Change.PutHead(Head.FIRST), new Change.PutPause(order(Optional.empty())));
    }

    static PauseOrder order(Optional<String> tenant) {
        return new PauseOrder(tenant, T0, Optional.of(T0 + 9), Optional.of("moving"), Optional.empty());
    }

    /** The change that removes what another puts; empty where nothing does but the removal of its job. */
    static Optional<Change> removalOf(Change change) {
        return switch (change) {
            case Change.PutRun put -> Optional.of(new Change.RemoveRun(put.run().id()));
            case Change.PutLedger put ->
                Optional.of(new Change.RemoveLedger(put.line().job(), put.line().fromMs()));
            case Change.PutDead put ->
                Optional.of(new Change.RemoveDead(put.letter().run().id()));
            case Change.PutSubmitKey put ->
                Optional.of(new Change.RemoveSubmitKey(put.entry().id()));
            case Change.PutRequest put ->
                Optional.of(new Change.RemoveRequest(put.answer().requestId()));
            case Change.PutPause put ->
                Optional.of(new Change.RemovePause(put.order().tenant()));
            case Change.PutBackfill put ->
                Optional.of(new Change.RemoveBackfill(
                        put.backfill().job(), put.backfill().number()));
            case Change.PutSpec put ->
                Optional.of(new Change.RemoveJob(put.spec().id()));
            case Change.PutState _,
                    Change.PutSlot _,
                    Change.PutTenant _,
                    Change.PutCounts _,
                    Change.PutHead _,
                    Change.AppendHistory _,
                    Change.RemoveJob _,
                    Change.RemoveRun _,
                    Change.RemoveLedger _,
                    Change.RemoveDead _,
                    Change.RemoveSubmitKey _,
                    Change.RemoveRequest _,
                    Change.RemovePause _,
                    Change.RemoveBackfill _ -> Optional.empty();
        };
    }
}
