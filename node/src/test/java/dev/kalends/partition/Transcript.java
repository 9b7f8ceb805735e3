package dev.kalends.partition;

import dev.kalends.job.JobId;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.journal.Change;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Writes down what a partition was told and what became of it: a command a line, its changes and effects below. */
final class Transcript {
    private static final long DAY_MS = 86_400_000L;

    private final Partition partition;
    private final Map<JobId, String> nameByJob = new HashMap<>();
    private final StringBuilder text = new StringBuilder();

    Transcript(Partition partition) {
        this.partition = partition;
    }

    /** Calls a job by a name from now on. */
    void call(JobId job, String name) {
        nameByJob.put(job, name);
    }

    /** Writes what the last command did. */
    void after(String said) {
        text.append(clock(partition.now())).append("  ").append(said).append('\n');
        partition.changes.forEach(change -> line(words(change)));
        partition.effects.forEach(effect -> line(words(effect)));
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private void line(Optional<String> words) {
        words.ifPresent(what -> text.append("            ").append(what).append('\n'));
    }

    private Optional<String> words(Change change) {
        return switch (change) {
            case Change.PutSpec put ->
                Optional.of("spec   " + name(put.spec().id()) + " generation "
                        + put.spec().generation());
            case Change.PutState put ->
                Optional.of("state  " + name(put.state().id()) + " "
                        + put.state().phase().name().toLowerCase(java.util.Locale.ROOT)
                        + put.state()
                                .next()
                                .map(next -> ", next " + clock(next.nominalMs()))
                                .orElse(""));
            case Change.PutRun put -> Optional.of("run    " + words(put.run()));
            case Change.AppendHistory append -> Optional.of("over   " + words(append.run()));
            case Change.PutLedger put ->
                Optional.of("ledger " + name(put.line().job()) + " "
                        + clock(put.line().fromMs()) + ".." + clock(put.line().toMs()) + " x"
                        + put.line().count() + " "
                        + put.line().verdict().word());
            case Change.RemoveLedger remove ->
                Optional.of("ledger " + name(remove.job()) + " " + clock(remove.fromMs()) + ".. is taken back");
            case Change.PutDead put ->
                Optional.of("dead   " + name(put.letter().run().id()) + ": "
                        + put.letter().error());
            case Change.PutPause put ->
                Optional.of("pause  " + put.order().tenant().orElse("everything")
                        + (put.order().holds() ? "" : ", taken back"));
            case Change.RemovePause remove ->
                Optional.of("pause  " + remove.tenant().orElse("everything") + " is over");
            case Change.PutBackfill put ->
                Optional.of("backfill " + name(put.backfill().job()) + " "
                        + put.backfill().made() + " of " + put.backfill().total());
            case Change.RemoveBackfill remove -> Optional.of("backfill " + name(remove.job()) + " is over");
            case Change.RemoveDead remove -> Optional.of("dead   " + name(remove.id()) + " is taken back");
            case Change.RemoveRun _,
                    Change.RemoveJob _,
                    Change.PutSubmitKey _,
                    Change.RemoveSubmitKey _,
                    Change.PutRequest _,
                    Change.RemoveRequest _,
                    Change.PutSlot _,
                    Change.PutTenant _,
                    Change.PutCounts _,
                    Change.PutHead _ -> Optional.empty();
        };
    }

    private Optional<String> words(Effect effect) {
        return switch (effect) {
            case Effect.ArmJob arm -> Optional.of("-> arm " + name(arm.job()) + " for " + clock(arm.dueMs()));
            case Effect.ArmRun arm -> Optional.of("-> arm " + name(arm.run()) + " for " + clock(arm.dueMs()));
            case Effect.LeaseGranted granted ->
                Optional.of(
                        "-> lease " + name(granted.run()) + " token " + granted.token() + " to " + granted.worker());
            case Effect.LeaseEnded ended -> Optional.of("-> lease over, token " + ended.token());
            case Effect.AskToStop ask -> Optional.of("-> ask to stop, token " + ask.token());
            case Effect.ReportRejected rejected -> Optional.of("-> report rejected: " + name(rejected.run()));
            case Effect.Counted _, Effect.Started _ -> Optional.empty();
        };
    }

    private String words(Run run) {
        return name(run.id()) + " " + run.state().word()
                + (run.marks().held() ? ", held" : "")
                + (run.attempt() > 0 ? ", attempt " + run.attempt() : "")
                + (run.series() > 1 ? ", series " + run.series() : "");
    }

    private String name(JobId job) {
        return nameByJob.getOrDefault(job, "new job");
    }

    private String name(RunId run) {
        return name(run.job()) + "@" + clock(run.nominalMs());
    }

    private static String clock(long atMs) {
        long ms = Math.floorMod(atMs - Partition.T0, DAY_MS);
        String text = "%02d:%02d:%02d".formatted(ms / 3_600_000, ms / 60_000 % 60, ms / 1_000 % 60);
        return ms % 1_000 == 0 ? text : text + ".%03d".formatted(ms % 1_000);
    }
}
