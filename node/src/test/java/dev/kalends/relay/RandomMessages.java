package dev.kalends.relay;

import dev.kalends.api.ErrorCode;
import dev.kalends.job.AttemptEnd;
import dev.kalends.job.CatchUp;
import dev.kalends.job.JobSpec;
import dev.kalends.job.LeaseId;
import dev.kalends.journal.RandomValues;
import dev.kalends.partition.Command;
import dev.kalends.partition.Deed;
import dev.kalends.partition.Draft;
import dev.kalends.partition.Finished;
import dev.kalends.partition.Reply;
import dev.kalends.partition.Seen;
import java.time.ZoneId;
import java.util.List;

/** Random commands and replies, from a seed. */
final class RandomMessages {
    private final RandomValues values;

    RandomMessages(long seed) {
        values = new RandomValues(seed);
    }

    /** One of each kind that travels. */
    List<Command> commands() {
        return List.of(
                new Command.Submit(values.text(), values.any(), values.list(this::draft)),
                new Command.Cancel(values.text(), values.job(), values.one(Command.Stop.class)),
                new Command.CancelRun(values.text(), values.run(), values.one(Command.Stop.class)),
                new Command.Trigger(values.text(), values.job(), values.one(Command.Force.class)),
                new Command.Rerun(values.text(), values.run()),
                new Command.Redrive(values.text(), values.list(values::run)),
                new Command.Discard(values.text(), values.list(values::run)),
                new Command.PauseJobs(values.text(), values.list(values::job), hold()),
                new Command.ResumeJobs(
                        values.text(), values.list(values::job), values.maybe(() -> values.one(CatchUp.class))),
                new Command.PauseAll(values.text(), values.maybe(values::text), hold()),
                new Command.ResumeAll(
                        values.text(), values.maybe(values::text), values.maybe(() -> values.one(CatchUp.class))),
                new Command.Edit(values.text(), values.job(), values.small(), draft()),
                new Command.Backfill(values.text(), values.job(), values.any(), values.any(), values.small()),
                new Command.CancelBackfill(values.text(), values.job()),
                new Command.SetTenant(values.text(), values.tenant()),
                new Command.Note(
                        values.text(),
                        new Deed(values.count(), values.text(), "pause", values.text(), values.text(), values.text())),
                new Command.FinalizeLevel(values.text(), 3),
                new Command.Release(values.text(), values.run()),
                new Command.IfUnchanged(
                        List.of(
                                new Seen.JobRevision(values.job(), values.count()),
                                new Seen.JobGeneration(values.job(), values.small()),
                                new Seen.RunSeries(values.run(), values.small()),
                                new Seen.RunToken(values.run(), values.count())),
                        new Command.Release(values.text(), values.run())),
                new Command.Claim(values.text(), values.list(values::text), values.small()),
                new Command.Renew(
                        values.text(),
                        values.list(() -> new Command.Held(
                                values.run(), values.count(), values.coin() ? -1 : values.instantMs())),
                        values.list(this::lease)),
                new Command.Report(values.text(), values.list(this::finished)));
    }

    /** One of each kind. */
    List<Reply> replies() {
        return List.of(
                new Reply.Submitted(values.list(() -> new Reply.Line(
                        values.maybe(values::job),
                        values.coin() ? -1 : values.instantMs(),
                        values.coin(),
                        values.maybe(this::refused)))),
                new Reply.Acted(values.list(
                        () -> new Reply.Act(values.text(), values.text(), values.text(), values.list(values::run)))),
                new Reply.Claimed(
                        values.list(() -> new Reply.Granted(values.aRun(), values.spec())),
                        values.coin(),
                        values.count(),
                        values.list(this::lease)),
                new Reply.Renewed(values.list(values::run), values.list(values::run), values.count()),
                new Reply.Reported(List.of(
                        new Reply.Verdict.Accepted(),
                        new Reply.Verdict.Repeated(),
                        new Reply.Verdict.Rejected(values.text()))),
                refused(),
                new Reply.Done());
    }

    private LeaseId lease() {
        return new LeaseId(values.run(), values.count());
    }

    private Reply.Refused refused() {
        return new Reply.Refused(values.one(ErrorCode.class), values.text(), values.text());
    }

    private Command.Hold hold() {
        return new Command.Hold(values.maybe(values::count), values.maybe(values::text));
    }

    private Finished finished() {
        return new Finished(
                values.run(),
                values.small(),
                values.small(),
                values.count(),
                values.one(AttemptEnd.class),
                values.instantMs(),
                values.instantMs(),
                values.maybe(() -> values.small() - 200),
                values.maybe(values::text),
                values.count());
    }

    private Draft draft() {
        JobSpec spec = values.spec();
        Draft.When when = values.one(List.of(
                new Draft.When.Fixed(values.schedule()),
                new Draft.When.In(values.count()),
                new Draft.When.EveryFromNow(1 + values.small() / 2),
                new Draft.When.ExceptFromNow(1 + values.small() / 2, values.excludedDays(), ZoneId.of("Europe/Rome"))));
        return new Draft(spec.name(), when, spec.window(), spec.work(), spec.policy(), spec.labels(), values.any());
    }
}
