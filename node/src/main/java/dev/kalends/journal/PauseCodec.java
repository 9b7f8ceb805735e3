package dev.kalends.journal;

import dev.kalends.job.Backfill;
import dev.kalends.job.CatchUp;
import dev.kalends.job.JobId;
import dev.kalends.job.Pause;
import dev.kalends.job.PauseOrder;
import java.util.Optional;

/** Encodes pauses, orders to pause, and backfills. */
final class PauseCodec {
    private static final EnumCode<Pause.By> BY =
            new EnumCode<>(Pause.By.class, Pause.By.JOB, Pause.By.TENANT, Pause.By.EVERYTHING);
    private static final EnumCode<CatchUp> CATCH_UP =
            new EnumCode<>(CatchUp.class, CatchUp.LAST, CatchUp.ALL, CatchUp.NONE);

    private PauseCodec() {}

    static FieldWriter write(Pause pause) {
        FieldWriter out = new FieldWriter();
        BY.write(out, 1, pause.by());
        out.number(2, pause.sinceMs());
        pause.untilMs().ifPresent(until -> out.presentNumber(3, until));
        out.text(4, pause.reason());
        return out;
    }

    static Pause readPause(FieldReader in) {
        Pause.By by = BY.first();
        long sinceMs = 0;
        Optional<Long> untilMs = Optional.empty();
        Optional<String> reason = Optional.empty();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> by = BY.read(in);
                case 2 -> sinceMs = in.number();
                case 3 -> untilMs = Optional.of(in.number());
                case 4 -> reason = Optional.of(in.text());
                default -> in.skip();
            }
        }
        return new Pause(by, sinceMs, untilMs, reason);
    }

    static FieldWriter write(PauseOrder order) {
        FieldWriter out = new FieldWriter();
        out.text(1, order.tenant());
        out.number(2, order.sinceMs());
        order.untilMs().ifPresent(until -> out.presentNumber(3, until));
        out.text(4, order.reason());
        order.resumption().ifPresent(resumption -> {
            out.presentNumber(5, resumption.atMs());
            resumption.catchUp().ifPresent(policy -> out.presentNumber(6, CATCH_UP.code(policy)));
        });
        return out;
    }

    static PauseOrder readOrder(FieldReader in) {
        Optional<String> tenant = Optional.empty();
        long sinceMs = 0;
        Optional<Long> untilMs = Optional.empty();
        Optional<String> reason = Optional.empty();
        Optional<Long> resumedMs = Optional.empty();
        Optional<CatchUp> catchUp = Optional.empty();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> tenant = Optional.of(in.text());
                case 2 -> sinceMs = in.number();
                case 3 -> untilMs = Optional.of(in.number());
                case 4 -> reason = Optional.of(in.text());
                case 5 -> resumedMs = Optional.of(in.number());
                case 6 -> catchUp = Optional.of(CATCH_UP.read(in));
                default -> in.skip();
            }
        }
        Optional<CatchUp> policy = catchUp;
        return new PauseOrder(
                tenant, sinceMs, untilMs, reason, resumedMs.map(at -> new PauseOrder.Resumption(at, policy)));
    }

    static FieldWriter write(Backfill backfill, JobId understood) {
        FieldWriter out = new FieldWriter();
        if (!backfill.job().equals(understood)) {
            out.presentNumber(1, backfill.job().value());
        }
        out.number(2, backfill.number());
        out.number(3, backfill.generation());
        out.number(4, backfill.nextMs());
        out.number(5, backfill.untilMs());
        out.number(6, backfill.made());
        out.number(7, backfill.total());
        out.number(8, backfill.perSec());
        return out;
    }

    static Backfill readBackfill(FieldReader in, JobId understood) {
        JobId job = understood;
        int number = 0;
        int generation = 0;
        long[] instants = new long[2];
        long made = 0;
        long total = 0;
        int perSec = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> job = new JobId(in.number());
                case 2 -> number = in.small();
                case 3 -> generation = in.small();
                case 4, 5 -> instants[in.field() - 4] = in.number();
                case 6 -> made = in.number();
                case 7 -> total = in.number();
                case 8 -> perSec = in.small();
                default -> in.skip();
            }
        }
        return new Backfill(job, number, generation, instants[0], instants[1], made, total, perSec);
    }
}
