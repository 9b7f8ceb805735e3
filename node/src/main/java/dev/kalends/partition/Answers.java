package dev.kalends.partition;

import dev.kalends.api.ErrorCode;
import dev.kalends.job.JobId;
import dev.kalends.job.RunId;
import dev.kalends.journal.RequestAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns replies into the answers that are kept under a request id, and back, so that a repeat gets the same. */
final class Answers {
    private static final String SEPARATOR = "\n";

    private Answers() {}

    /** What to keep of a reply. */
    static List<RequestAnswer.Line> lines(Reply reply) {
        return switch (reply) {
            case Reply.Submitted submitted ->
                submitted.lines().stream().map(Answers::line).toList();
            case Reply.Acted acted -> acted.acts().stream().map(Answers::line).toList();
            case Reply.Refused refused ->
                List.of(new RequestAnswer.Line(Optional.empty(), -1, false, Optional.of(text(refused))));
            case Reply.Claimed _, Reply.Renewed _, Reply.Reported _, Reply.Done _ ->
                throw new IllegalStateException("no request is answered so; reply=" + reply);
        };
    }

    /** The reply to a command that was answered before. */
    static Reply reply(Command.Requested command, RequestAnswer answer) {
        if (command instanceof Command.Submit) {
            return new Reply.Submitted(
                    answer.lines().stream().map(Answers::submitted).toList());
        }
        if (answer.lines().size() == 1) {
            Optional<Reply.Refused> refused = answer.lines().getFirst().text().flatMap(Answers::refused);
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        return new Reply.Acted(
                answer.lines().stream().flatMap(line -> act(line).stream()).toList());
    }

    private static RequestAnswer.Line line(Reply.Line line) {
        return new RequestAnswer.Line(
                line.job(), line.nextDueMs(), line.created(), line.refused().map(Answers::text));
    }

    private static RequestAnswer.Line line(Reply.Act act) {
        List<String> parts = new ArrayList<>(List.of("", act.id(), act.outcome(), act.detail()));
        act.runs().forEach(run -> parts.add(run.toString()));
        return new RequestAnswer.Line(Optional.empty(), -1, false, Optional.of(String.join(SEPARATOR, parts)));
    }

    private static Reply.Line submitted(RequestAnswer.Line line) {
        Optional<JobId> job = line.job();
        return new Reply.Line(job, line.nextDueMs(), line.created(), line.text().flatMap(Answers::refused));
    }

    /** What was done; empty for a line that is a refusal. */
    static Optional<Reply.Act> act(RequestAnswer.Line line) {
        String[] parts = line.text().orElse("").split(SEPARATOR, -1);
        if (parts.length < 4 || !parts[0].isEmpty()) {
            return Optional.empty();
        }
        List<RunId> runs = new ArrayList<>();
        for (int i = 4; i < parts.length; i++) {
            RunId.parse(parts[i]).ifPresent(runs::add);
        }
        return Optional.of(new Reply.Act(parts[1], parts[2], parts[3], runs));
    }

    /** A refusal begins with its code, an act with an empty part. */
    private static String text(Reply.Refused refused) {
        return String.join(SEPARATOR, text(refused.code()), oneLine(refused.message()), oneLine(refused.hint()));
    }

    private static Optional<Reply.Refused> refused(String text) {
        String[] parts = text.split(SEPARATOR, -1);
        return parts.length != 3 || parts[0].isEmpty()
                ? Optional.empty()
                : Optional.of(new Reply.Refused(code(parts[0]), parts[1], parts[2]));
    }

    /** The word, or the name where another code has the same word. */
    private static String text(ErrorCode code) {
        return ErrorCode.ofWord(code.word()) == code ? code.word() : code.name();
    }

    private static ErrorCode code(String text) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.name().equals(text)) {
                return code;
            }
        }
        return ErrorCode.ofWord(text);
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ');
    }
}
