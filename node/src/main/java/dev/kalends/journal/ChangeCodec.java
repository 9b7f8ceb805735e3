package dev.kalends.journal;

import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Encodes changes and batches: each change is one field of a message, by its kind. */
final class ChangeCodec {
    private static final JobId NONE = new JobId(0);

    private ChangeCodec() {}

    static FieldWriter write(Change change) {
        FieldWriter out = new FieldWriter();
        switch (change) {
            case Change.PutSpec put -> out.message(1, writePutSpec(put));
            case Change.RemoveJob remove -> out.presentNumber(2, remove.id().value());
            case Change.PutState put -> out.message(3, StateCodec.write(put.state(), NONE));
            case Change.PutRun put -> out.message(4, RunCodec.write(put.run(), NONE));
            case Change.RemoveRun remove -> out.message(5, RunCodec.write(remove.id(), NONE));
            case Change.AppendHistory append -> out.message(6, RunCodec.write(append.run(), NONE));
            case Change.PutLedger put -> out.message(7, StateCodec.write(put.line(), NONE));
            case Change.RemoveLedger remove -> out.message(8, writeRemoveLedger(remove));
            case Change.PutDead put -> out.message(9, RunCodec.write(put.letter(), NONE));
            case Change.RemoveDead remove -> out.message(10, RunCodec.write(remove.id(), NONE));
            case Change.PutSubmitKey put -> out.message(11, EntryCodec.write(put.entry()));
            case Change.RemoveSubmitKey remove -> out.message(12, EntryCodec.write(remove.id()));
            case Change.PutRequest put -> out.message(13, EntryCodec.write(put.answer()));
            case Change.RemoveRequest remove -> out.presentText(14, remove.requestId());
            case Change.PutSlot put -> out.message(16, writeSlot(put));
            case Change.PutTenant put -> out.message(17, EntryCodec.write(put.tenant()));
            case Change.PutCounts put -> out.message(18, EntryCodec.write(put.counts()));
            case Change.PutHead put -> out.message(19, EntryCodec.write(put.head()));
            case Change.PutPause put -> out.message(20, PauseCodec.write(put.order()));
            case Change.RemovePause remove ->
                out.presentText(21, remove.tenant().orElse(""));
            case Change.PutBackfill put -> out.message(22, PauseCodec.write(put.backfill(), NONE));
            case Change.RemoveBackfill remove -> out.message(23, writeRemoveBackfill(remove));
        }
        return out;
    }

    static Change read(FieldReader in) {
        Optional<Change> change = Optional.empty();
        while (in.next()) {
            Optional<Change> found = readKind(in);
            change = found.isPresent() ? found : change;
        }
        return change.orElseThrow(() -> FieldReader.damaged("a change of an unknown kind"));
    }

    private static Optional<Change> readKind(FieldReader in) {
        Change change = switch (in.field()) {
            case 1 -> readPutSpec(in.message());
            case 2 -> new Change.RemoveJob(new JobId(in.number()));
            case 3 -> new Change.PutState(StateCodec.read(in.message(), NONE));
            case 4 -> new Change.PutRun(RunCodec.read(in.message(), NONE));
            case 5 -> new Change.RemoveRun(RunCodec.readId(in.message(), NONE));
            case 6 -> new Change.AppendHistory(RunCodec.read(in.message(), NONE));
            case 7 -> new Change.PutLedger(StateCodec.readLedger(in.message(), NONE));
            case 8 -> readRemoveLedger(in.message());
            case 9 -> new Change.PutDead(RunCodec.readDead(in.message(), NONE));
            case 10 -> new Change.RemoveDead(RunCodec.readId(in.message(), NONE));
            case 11 -> new Change.PutSubmitKey(EntryCodec.readSubmitKey(in.message()));
            case 12 -> new Change.RemoveSubmitKey(EntryCodec.readKeyId(in.message()));
            case 13 -> new Change.PutRequest(EntryCodec.readRequest(in.message()));
            case 14 -> new Change.RemoveRequest(in.text());
            case 16 -> readSlot(in.message());
            case 17 -> new Change.PutTenant(EntryCodec.readTenant(in.message()));
            case 18 -> new Change.PutCounts(EntryCodec.readCounts(in.message()));
            case 19 -> new Change.PutHead(EntryCodec.readHead(in.message()));
            case 20 -> new Change.PutPause(PauseCodec.readOrder(in.message()));
            case 21 -> new Change.RemovePause(Optional.of(in.text()).filter(name -> !name.isEmpty()));
            case 22 -> new Change.PutBackfill(PauseCodec.readBackfill(in.message(), NONE));
            case 23 -> readRemoveBackfill(in.message());
            default -> null;
        };
        if (change == null) {
            in.skip();
        }
        return Optional.ofNullable(change);
    }

    static FieldWriter write(Batch batch) {
        FieldWriter out = new FieldWriter();
        out.number(1, batch.partition());
        out.number(2, batch.epoch());
        out.number(3, batch.writtenMs());
        batch.changes().forEach(change -> out.message(4, write(change)));
        out.number(5, batch.decidedThroughMs() + 1);
        return out;
    }

    static Batch readBatch(FieldReader in) {
        int partition = 0;
        long epoch = 0;
        long writtenMs = 0;
        long decidedThroughMs = -1;
        List<Change> changes = new ArrayList<>();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> partition = in.small();
                case 2 -> epoch = in.number();
                case 3 -> writtenMs = in.number();
                case 4 -> changes.add(read(in.message()));
                case 5 -> decidedThroughMs = in.number() - 1;
                default -> in.skip();
            }
        }
        return new Batch(partition, epoch, writtenMs, decidedThroughMs, changes);
    }

    private static FieldWriter writeRemoveBackfill(Change.RemoveBackfill remove) {
        FieldWriter out = new FieldWriter();
        out.presentNumber(1, remove.job().value());
        out.number(2, remove.number());
        return out;
    }

    private static Change readRemoveBackfill(FieldReader in) {
        JobId job = NONE;
        int number = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> job = new JobId(in.number());
                case 2 -> number = in.small();
                default -> in.skip();
            }
        }
        return new Change.RemoveBackfill(job, number);
    }

    private static FieldWriter writePutSpec(Change.PutSpec put) {
        FieldWriter out = new FieldWriter();
        out.message(1, SpecCodec.write(put.spec()));
        out.number(2, put.firstDueMs() + 1);
        return out;
    }

    private static Change readPutSpec(FieldReader in) {
        Optional<JobSpec> spec = Optional.empty();
        long firstDueMs = -1;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> spec = Optional.of(SpecCodec.read(in.message()));
                case 2 -> firstDueMs = in.number() - 1;
                default -> in.skip();
            }
        }
        return new Change.PutSpec(
                spec.orElseThrow(() -> FieldReader.damaged("a spec change without its spec")), firstDueMs);
    }

    private static FieldWriter writeRemoveLedger(Change.RemoveLedger remove) {
        FieldWriter out = new FieldWriter();
        out.number(1, remove.job().value());
        out.number(2, remove.fromMs());
        return out;
    }

    private static Change readRemoveLedger(FieldReader in) {
        long[] parts = readTwo(in);
        return new Change.RemoveLedger(new JobId(parts[0]), parts[1]);
    }

    private static FieldWriter writeSlot(Change.PutSlot put) {
        FieldWriter out = new FieldWriter();
        out.number(1, put.day());
        out.number(2, put.nextSequence());
        return out;
    }

    private static Change readSlot(FieldReader in) {
        long[] parts = readTwo(in);
        return new Change.PutSlot(Math.toIntExact(parts[0]), parts[1]);
    }

    private static long[] readTwo(FieldReader in) {
        long[] parts = new long[2];
        while (in.next()) {
            switch (in.field()) {
                case 1 -> parts[0] = in.number();
                case 2 -> parts[1] = in.number();
                default -> in.skip();
            }
        }
        return parts;
    }
}
