package dev.kalends.relay;

import dev.kalends.api.ApiException;
import dev.kalends.job.CatchUp;
import dev.kalends.job.JobId;
import dev.kalends.journal.EnumCode;
import dev.kalends.journal.FieldReader;
import dev.kalends.journal.FieldWriter;
import dev.kalends.partition.Command;
import java.util.Optional;

/**
 * The binary form of the commands that travel from node to node: those of clients and workers. What comes from a
 * partition's own timers never leaves it.
 *
 * <p>A message has exactly one field, which says the command's kind; {@code relay.proto} lists them. Reading throws
 * {@link ApiException}: {@code invalid} for bytes that are no command, {@code failed} for one that this build does not
 * know yet. Stateless; called from any thread.
 */
public final class CommandCodec {
    /** Longest encoding of one command: a chunk of a bulk, with room to spare. */
    public static final int COMMAND_BYTES_MAX = 16 * 1024 * 1024;

    static final String COMMAND = "command";

    static final EnumCode<Command.Stop> STOP =
            new EnumCode<>(Command.Stop.class, Command.Stop.LET_FINISH, Command.Stop.STOP_RUNNING);
    static final EnumCode<Command.Force> FORCE =
            new EnumCode<>(Command.Force.class, Command.Force.HEED, Command.Force.IGNORE);
    static final EnumCode<CatchUp> CATCH_UP = new EnumCode<>(CatchUp.class, CatchUp.LAST, CatchUp.ALL, CatchUp.NONE);

    private CommandCodec() {}

    /** Whether a command may be sent to another node at all. */
    public static boolean travels(Command command) {
        return switch (command) {
            case Command.Requested _, Command.Claim _, Command.Renew _, Command.Report _ -> true;
            case Command.Fire _, Command.Wake _, Command.LeaseExpired _, Command.Tend _, Command.Sweep _ -> false;
        };
    }

    /** The command's bytes; {@code invalid} when there are too many of them. */
    public static byte[] encode(Command command) {
        FieldWriter out = new FieldWriter();
        switch (command) {
            case Command.Requested requested -> requested(out, requested);
            case Command.Claim claim -> out.message(CommandKind.CLAIM, WorkCommands.write(claim));
            case Command.Renew renew -> out.message(CommandKind.RENEW, WorkCommands.write(renew));
            case Command.Report report -> out.message(CommandKind.REPORT, WorkCommands.write(report));
            case Command.Fire _, Command.Wake _, Command.LeaseExpired _, Command.Tend _, Command.Sweep _ ->
                throw new IllegalArgumentException("a timer's command stays in its partition; command=" + command);
        }
        return Message.bounded(out, COMMAND_BYTES_MAX, COMMAND);
    }

    static void requested(FieldWriter out, Command.Requested command) {
        switch (command) {
            case Command.Submit submit -> out.message(CommandKind.SUBMIT, JobCommands.write(submit));
            case Command.Edit edit -> out.message(CommandKind.EDIT, JobCommands.write(edit));
            case Command.Cancel cancel -> out.message(CommandKind.CANCEL, JobCommands.write(cancel));
            case Command.CancelRun cancel -> out.message(CommandKind.CANCEL_RUN, JobCommands.write(cancel));
            case Command.Trigger trigger -> out.message(CommandKind.TRIGGER, JobCommands.write(trigger));
            case Command.Rerun rerun -> out.message(CommandKind.RERUN, JobCommands.write(rerun));
            case Command.Redrive redrive -> out.message(CommandKind.REDRIVE, JobCommands.write(redrive));
            case Command.Discard discard -> out.message(CommandKind.DISCARD, JobCommands.write(discard));
            case Command.PauseJobs pause -> out.message(CommandKind.PAUSE_JOBS, HoldCommands.write(pause));
            case Command.ResumeJobs resume -> out.message(CommandKind.RESUME_JOBS, HoldCommands.write(resume));
            case Command.PauseAll pause -> out.message(CommandKind.PAUSE_ALL, HoldCommands.write(pause));
            case Command.ResumeAll resume -> out.message(CommandKind.RESUME_ALL, HoldCommands.write(resume));
            case Command.Backfill backfill -> out.message(CommandKind.BACKFILL, HoldCommands.write(backfill));
            case Command.CancelBackfill cancel -> out.message(CommandKind.CANCEL_BACKFILL, HoldCommands.write(cancel));
            case Command.FinalizeLevel level -> out.message(CommandKind.FINALIZE_LEVEL, HoldCommands.write(level));
            case Command.Note note -> out.message(CommandKind.NOTE, HoldCommands.write(note));
            case Command.SetTenant tenant -> out.message(CommandKind.SET_TENANT, HoldCommands.write(tenant));
            case Command.Release release -> out.message(CommandKind.RELEASE, JobCommands.write(release));
            case Command.IfUnchanged it -> out.message(CommandKind.IF_UNCHANGED, SeenCodec.write(it));
        }
    }

    /** The command of some bytes. */
    public static Command decode(byte[] bytes) {
        return Message.read(bytes, COMMAND_BYTES_MAX, COMMAND, CommandCodec::read);
    }

    private static Command read(FieldReader in) {
        Optional<Command> command = Optional.empty();
        int unknown = 0;
        while (in.next()) {
            Optional<Command> next = CommandKind.read(in);
            if (next.isEmpty()) {
                unknown = in.field();
            } else if (command.isPresent()) {
                throw FieldReader.damaged("one message is one command; field=" + in.field());
            } else {
                command = next;
            }
        }
        if (command.isPresent()) {
            return command.get();
        }
        throw unknown > 0 ? Message.unknown(COMMAND, unknown) : FieldReader.damaged("a message says nothing; fields=0");
    }

    static JobId job(FieldReader in) {
        return new JobId(in.number());
    }
}
