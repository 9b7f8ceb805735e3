package dev.kalends.relay;

import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.job.Schedule;
import dev.kalends.journal.Codec;
import dev.kalends.journal.FieldReader;
import dev.kalends.journal.FieldWriter;
import dev.kalends.partition.Draft;
import java.util.Optional;

/**
 * Encodes drafts as specs without an id. A schedule that depends on when it is accepted is one whose instants count
 * from then, and a mark beside it.
 */
final class DraftCodec {
    private static final int SPEC = 1;
    private static final int BODY_HASH = 2;
    private static final int FROM_NOW = 3;

    private static final JobId NO_ID = new JobId(0);

    private DraftCodec() {}

    static FieldWriter write(Draft draft) {
        FieldWriter out = new FieldWriter();
        out.message(SPEC, Codec.encode(spec(draft)));
        out.fixed(BODY_HASH, draft.bodyHash());
        if (!(draft.when() instanceof Draft.When.Fixed)) {
            out.mark(FROM_NOW);
        }
        return out;
    }

    static Draft read(FieldReader in) {
        Optional<JobSpec> found = Optional.empty();
        long bodyHash = 0;
        boolean fromNow = false;
        while (in.next()) {
            switch (in.field()) {
                case SPEC -> found = Optional.of(Codec.decodeSpec(in.bytes()));
                case BODY_HASH -> bodyHash = in.fixed();
                case FROM_NOW -> fromNow = in.mark();
                default -> in.skip();
            }
        }
        JobSpec spec = found.orElseThrow(() -> FieldReader.damaged("a draft says nothing; fields=0"));
        Draft.When when = fromNow ? fromNow(spec.schedule()) : new Draft.When.Fixed(spec.schedule());
        return new Draft(spec.name(), when, spec.window(), spec.work(), spec.policy(), spec.labels(), bodyHash);
    }

    private static JobSpec spec(Draft draft) {
        return new JobSpec(
                NO_ID,
                1,
                draft.name(),
                schedule(draft.when()),
                draft.window(),
                draft.work(),
                draft.policy(),
                draft.labels(),
                0);
    }

    private static Schedule schedule(Draft.When when) {
        return switch (when) {
            case Draft.When.Fixed fixed -> fixed.schedule();
            case Draft.When.In in -> new Schedule.Once(in.delayMs());
            case Draft.When.EveryFromNow every -> new Schedule.Every(every.periodMs(), 0);
            case Draft.When.ExceptFromNow except ->
                new Schedule.Except(new Schedule.Every(except.periodMs(), 0), except.days(), except.zone());
        };
    }

    private static Draft.When fromNow(Schedule schedule) {
        return switch (schedule) {
            case Schedule.Once once -> new Draft.When.In(once.atMs());
            case Schedule.Every every -> new Draft.When.EveryFromNow(every.periodMs());
            case Schedule.Except except
            when except.base() instanceof Schedule.Every every ->
                new Draft.When.ExceptFromNow(every.periodMs(), except.days(), except.zone());
            case Schedule.Except except -> throw notFromNow(except);
            case Schedule.Cron cron -> throw notFromNow(cron);
            case Schedule.Manual manual -> throw notFromNow(manual);
        };
    }

    private static RuntimeException notFromNow(Schedule schedule) {
        return FieldReader.damaged("a schedule does not count from its acceptance; schedule="
                + schedule.getClass().getSimpleName());
    }
}
