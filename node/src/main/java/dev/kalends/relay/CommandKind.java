package dev.kalends.relay;

import dev.kalends.journal.FieldReader;
import dev.kalends.partition.Command;
import java.util.Optional;

/** The kinds of command by their field numbers, which are never given to another kind. */
final class CommandKind {
    static final int SUBMIT = 1;
    static final int CANCEL = 2;
    static final int CANCEL_RUN = 3;
    static final int TRIGGER = 4;
    static final int RERUN = 5;
    static final int REDRIVE = 6;
    static final int DISCARD = 7;
    static final int PAUSE_JOBS = 8;
    static final int RESUME_JOBS = 9;
    static final int PAUSE_ALL = 10;
    static final int RESUME_ALL = 11;
    static final int EDIT = 12;
    static final int BACKFILL = 13;
    static final int CANCEL_BACKFILL = 14;
    static final int SET_TENANT = 16;
    static final int CLAIM = 17;
    static final int RENEW = 18;
    static final int REPORT = 19;
    static final int FINALIZE_LEVEL = 20;
    static final int RELEASE = 21;
    static final int IF_UNCHANGED = 22;
    static final int NOTE = 23;

    private CommandKind() {}

    /** Reads the command in a field, or passes over a field that this build does not know. */
    static Optional<Command> read(FieldReader in) {
        return switch (in.field()) {
            case SUBMIT -> Optional.of(JobCommands.readSubmit(in.message()));
            case CANCEL -> Optional.of(JobCommands.readCancel(in.message()));
            case CANCEL_RUN -> Optional.of(JobCommands.readCancelRun(in.message()));
            case TRIGGER -> Optional.of(JobCommands.readTrigger(in.message()));
            case RERUN -> Optional.of(JobCommands.readRerun(in.message()));
            case REDRIVE -> Optional.of(JobCommands.readRedrive(in.message()));
            case DISCARD -> Optional.of(JobCommands.readDiscard(in.message()));
            case EDIT -> Optional.of(JobCommands.readEdit(in.message()));
            case PAUSE_JOBS -> Optional.of(HoldCommands.readPauseJobs(in.message()));
            case RESUME_JOBS -> Optional.of(HoldCommands.readResumeJobs(in.message()));
            case PAUSE_ALL -> Optional.of(HoldCommands.readPauseAll(in.message()));
            case RESUME_ALL -> Optional.of(HoldCommands.readResumeAll(in.message()));
            case BACKFILL -> Optional.of(HoldCommands.readBackfill(in.message()));
            case CANCEL_BACKFILL -> Optional.of(HoldCommands.readCancelBackfill(in.message()));
            case SET_TENANT -> Optional.of(HoldCommands.readSetTenant(in.message()));
            case FINALIZE_LEVEL -> Optional.of(HoldCommands.readFinalizeLevel(in.message()));
            case RELEASE -> Optional.of(JobCommands.readRelease(in.message()));
            case IF_UNCHANGED -> Optional.of(SeenCodec.read(in.message()));
            case NOTE -> Optional.of(HoldCommands.readNote(in.message()));
            case CLAIM -> Optional.of(WorkCommands.readClaim(in.message()));
            case RENEW -> Optional.of(WorkCommands.readRenew(in.message()));
            case REPORT -> Optional.of(WorkCommands.readReport(in.message()));
            default -> {
                in.skip();
                yield Optional.empty();
            }
        };
    }
}
