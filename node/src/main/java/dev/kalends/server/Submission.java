package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorBody;
import dev.kalends.api.SubmitResult;
import dev.kalends.job.Hash;
import dev.kalends.partition.Command;
import dev.kalends.partition.Draft;
import dev.kalends.partition.Reply;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.schedule.InstantText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Drafts on their way to the partitions that they belong to: one command a partition, all under one request id. */
final class Submission {
    private record Part(PartitionHandle handle, List<Integer> places, List<Draft> drafts) {}

    private record Sent(Part part, CompletableFuture<Reply> answer) {}

    private final String requestId;
    private final List<Draft> drafts;
    private final List<Part> parts;
    private List<Sent> sent = List.of();

    Submission(Partitions partitions, String requestId, List<Draft> drafts) {
        this.requestId = requestId;
        this.drafts = List.copyOf(drafts);
        Map<Integer, Part> partByNumber = new TreeMap<>();
        for (int place = 0; place < drafts.size(); place++) {
            PartitionHandle handle = partitions.home(drafts.get(place).name(), requestId, place);
            Part part = partByNumber.computeIfAbsent(
                    handle.partition(), _ -> new Part(handle, new ArrayList<>(), new ArrayList<>()));
            part.places().add(place);
            part.drafts().add(drafts.get(place));
        }
        this.parts = List.copyOf(partByNumber.values());
    }

    /** Sends, or sends again: it is done once. */
    Submission send() {
        List<Sent> now = new ArrayList<>();
        for (Part part : parts) {
            Command.Submit submit = new Command.Submit(requestId, hash(part.drafts()), part.drafts());
            now.add(new Sent(part, part.handle().ask(submit)));
        }
        sent = now;
        return this;
    }

    /** Waits for the outcome of each draft, in their order; a refusal of the whole is thrown. */
    List<Reply.Line> lines() throws InterruptedException {
        Reply.@Nullable Line[] lines = new Reply.Line[drafts.size()];
        for (Sent one : sent) {
            Reply.Submitted reply = (Reply.Submitted) Partitions.settled(one.answer());
            for (int i = 0; i < one.part().places().size(); i++) {
                lines[one.part().places().get(i)] = reply.lines().get(i);
            }
        }
        List<Reply.Line> all = new ArrayList<>(lines.length);
        for (Reply.@Nullable Line line : lines) {
            if (line == null) {
                throw new IllegalStateException("a draft was left without an answer; drafts=" + lines.length);
            }
            all.add(line);
        }
        return all;
    }

    /** The answer to one draft. */
    static SubmitResult result(DraftReader.Read read, Reply.Line line, @Nullable Long number) {
        if (line.refused().isPresent()) {
            Reply.Refused refused = line.refused().get();
            return failed(new ApiException(refused.code(), refused.message(), refused.hint()), number);
        }
        return new SubmitResult(
                line.job().map(Object::toString).orElse(null),
                read.draft().name().name().orElse(null),
                line.nextDueMs() < 0 ? null : InstantText.format(line.nextDueMs()),
                line.created(),
                read.warnings(),
                number,
                null);
    }

    /** The answer to a line that was refused. */
    static SubmitResult failed(ApiException why, @Nullable Long number) {
        ErrorBody.Detail detail = why.toBody().error();
        return new SubmitResult(null, null, null, null, null, number, detail);
    }

    private static long hash(List<Draft> drafts) {
        long hash = drafts.size();
        for (Draft draft : drafts) {
            hash = Hash.mix(hash, draft.bodyHash());
        }
        return hash;
    }
}
