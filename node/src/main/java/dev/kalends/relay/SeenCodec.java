package dev.kalends.relay;

import dev.kalends.job.JobId;
import dev.kalends.journal.Codec;
import dev.kalends.journal.FieldReader;
import dev.kalends.journal.FieldWriter;
import dev.kalends.partition.Command;
import dev.kalends.partition.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Encodes commands that are decided only while everything is as it was seen. */
final class SeenCodec {
    private SeenCodec() {}

    static FieldWriter write(Command.IfUnchanged it) {
        FieldWriter out = new FieldWriter();
        it.seen().forEach(seen -> out.message(1, write(seen)));
        FieldWriter command = new FieldWriter();
        CommandCodec.requested(command, it.command());
        out.message(2, command);
        return out;
    }

    static Command read(FieldReader in) {
        List<Seen> seen = new ArrayList<>();
        Optional<Command.Requested> command = Optional.empty();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> seen.add(readSeen(in.message()));
                case 2 -> command = Optional.of(bare(in.message()));
                default -> in.skip();
            }
        }
        return new Command.IfUnchanged(
                seen, command.orElseThrow(() -> FieldReader.damaged("a condition without a command; commands=0")));
    }

    /** Looks at the kind first, so that conditions within conditions cannot nest without end. */
    private static Command.Requested bare(FieldReader in) {
        Optional<Command> command = Optional.empty();
        while (in.next()) {
            int kind = in.field();
            if (kind == CommandKind.IF_UNCHANGED || kind == CommandKind.SUBMIT || command.isPresent()) {
                throw FieldReader.damaged("a condition holds one bare command; field=" + kind);
            }
            command = CommandKind.read(in);
            if (command.isEmpty()) {
                throw Message.unknown(CommandCodec.COMMAND, kind);
            }
        }
        return command.filter(Command.Requested.class::isInstance)
                .map(Command.Requested.class::cast)
                .orElseThrow(() -> FieldReader.damaged("a condition holds no command of a client; field=2"));
    }

    /** Field 1 is the job or 2 the run; 3 to 6 say at what it was seen. */
    private static FieldWriter write(Seen seen) {
        FieldWriter out = new FieldWriter();
        switch (seen) {
            case Seen.JobRevision it -> {
                out.presentNumber(1, it.job().value());
                out.presentNumber(3, it.revision());
            }
            case Seen.JobGeneration it -> {
                out.presentNumber(1, it.job().value());
                out.presentNumber(4, it.generation());
            }
            case Seen.RunSeries it -> {
                out.message(2, Codec.encode(it.run()));
                out.presentNumber(5, it.series());
            }
            case Seen.RunToken it -> {
                out.message(2, Codec.encode(it.run()));
                out.presentNumber(6, it.token());
            }
        }
        return out;
    }

    private static Seen readSeen(FieldReader in) {
        Optional<Seen> seen = Optional.empty();
        JobId job = new JobId(0);
        byte[] run = {};
        while (in.next()) {
            switch (in.field()) {
                case 1 -> job = CommandCodec.job(in);
                case 2 -> run = in.bytes();
                case 3 -> seen = Optional.of(new Seen.JobRevision(job, in.number()));
                case 4 -> seen = Optional.of(new Seen.JobGeneration(job, in.small()));
                case 5 -> seen = Optional.of(new Seen.RunSeries(Codec.decodeRunId(run), in.small()));
                case 6 -> seen = Optional.of(new Seen.RunToken(Codec.decodeRunId(run), in.number()));
                default -> in.skip();
            }
        }
        // A condition that is not understood must not be passed over: the command would be decided without it.
        return seen.orElseThrow(() -> Message.unknown("condition", 0));
    }
}
