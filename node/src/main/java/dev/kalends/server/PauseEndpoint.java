package dev.kalends.server;

import dev.kalends.api.ActionPage;
import dev.kalends.api.ActionResult;
import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.PauseRequest;
import dev.kalends.job.CatchUp;
import dev.kalends.job.JobId;
import dev.kalends.job.Limits;
import dev.kalends.partition.Command;
import dev.kalends.partition.Deed;
import dev.kalends.partition.Reply;
import dev.kalends.partition.Seen;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.schedule.DurationText;
import dev.kalends.server.JobFinder.Found;
import dev.kalends.server.JobFinder.Use;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** Pauses and resumes: jobs by name or id, a tenant, everything. */
final class PauseEndpoint {
    private final Services services;
    private final JobFinder finder;

    PauseEndpoint(Services services) {
        this.services = services;
        this.finder = new JobFinder(services.partitions());
    }

    /** {@code POST /v1/jobs:pause}. */
    Answer pause(Request request) throws IOException, InterruptedException {
        request.query().allow(Set.of());
        PauseRequest asked = request.body(PauseRequest.class, Limits.BULK_LINE_BYTES_MAX);
        Field.absent("catchUp", asked.catchUp(), "resume");
        Optional<Long> forMs = Field.duration("duration", asked.duration(), Field.DurationBound.ONE);
        Optional<String> reason = Optional.ofNullable(asked.reason());
        reason.ifPresent(text -> {
            Field.atMost("reason", text, Limits.REASON_BYTES_MAX);
            Field.oneLine("reason", text);
        });
        Command.Hold hold = new Command.Hold(forMs, reason);
        Answer answer = answer(
                request,
                asked,
                (id, jobs) -> new Command.PauseJobs(id, jobs, hold),
                (id, tenant) -> new Command.PauseAll(id, tenant, hold));
        String lasts = forMs.map(ms -> "for " + DurationText.words(ms)).orElse("");
        did(request, "pause", asked, String.join(" ", lasts, reason.orElse("")).strip());
        return answer;
    }

    /** {@code POST /v1/jobs:resume}. */
    Answer resume(Request request) throws IOException, InterruptedException {
        request.query().allow(Set.of());
        PauseRequest asked = request.body(PauseRequest.class, Limits.BULK_LINE_BYTES_MAX);
        Field.absent("duration", asked.duration(), "pause");
        Field.absent("reason", asked.reason(), "pause");
        Optional<CatchUp> catchUp =
                Optional.ofNullable(asked.catchUp()).map(word -> Field.word("catchUp", word, CatchUp.LAST));
        Answer answer = answer(
                request,
                asked,
                (id, jobs) -> new Command.ResumeJobs(id, jobs, catchUp),
                (id, tenant) -> new Command.ResumeAll(id, tenant, catchUp));
        did(request, "resume", asked, "");
        return answer;
    }

    private static void did(Request request, String verb, PauseRequest asked, String detail) {
        List<String> jobs = Optional.ofNullable(asked.jobs()).orElse(List.of());
        boolean every = Boolean.TRUE.equals(asked.everyTenant());
        String tenant = every ? Deed.EVERY : request.scope().one();
        String more = jobs.size() > 1 ? " and " + (jobs.size() - 1) + " more" : "";
        String subject = every ? "everything" : jobs.isEmpty() ? "tenant " + tenant : jobs.getFirst() + more;
        request.did(verb, subject, tenant, detail);
    }

    private Answer answer(
            Request request,
            PauseRequest asked,
            BiFunction<String, List<JobId>, Command.Requested> ofJobs,
            BiFunction<String, Optional<String>, Command> ofAll)
            throws InterruptedException {
        boolean all = Boolean.TRUE.equals(asked.all());
        boolean every = Boolean.TRUE.equals(asked.everyTenant());
        boolean named = asked.jobs() != null && !asked.jobs().isEmpty();
        if (all == named || (every && !all)) {
            throw Field.invalid("name either jobs or all; everyTenant belongs to all; all=" + all);
        }
        Scope scope = request.scope();
        if (!all) {
            scope.one();
            return Answer.ok(new ActionPage(jobs(request, asked, ofJobs)));
        }
        if (every && scope.principal().tenant().isPresent()) {
            throw new ApiException(
                    ErrorCode.FORBIDDEN,
                    "this token is for one tenant only; tenant="
                            + scope.principal().tenant().get(),
                    "leave everyTenant out: all jobs of this tenant are meant then");
        }
        Optional<String> tenant = every ? Optional.empty() : Optional.of(scope.one());
        Command command = ofAll.apply(request.requestId(tenant.orElse("*")), tenant);
        List<Reply.Act> acts = new ArrayList<>();
        for (PartitionHandle handle : services.partitions().all()) {
            acts.addAll(((Reply.Acted) Partitions.ask(handle, command)).acts());
        }
        // Every partition holds the same order, so what one says is said of all.
        Reply.Act act = acts.getFirst();
        return Answer.ok(new ActionPage(List.of(new ActionResult(act.id(), null, act.outcome(), null, List.of()))));
    }

    private List<ActionResult> jobs(
            Request request, PauseRequest asked, BiFunction<String, List<JobId>, Command.Requested> command)
            throws InterruptedException {
        List<String> names = Optional.ofNullable(asked.jobs()).orElse(List.of());
        List<Integer> generations = Optional.ofNullable(asked.generations()).orElse(List.of());
        Field.allPresent("generations", generations);
        if (!generations.isEmpty() && generations.size() != names.size()) {
            throw Field.invalid(
                    "generations are one for each job; generations=" + generations.size() + " jobs=" + names.size());
        }
        if (names.size() > Limits.BULK_CHUNK_LINES_MAX) {
            throw Field.invalid(
                    "one request names at most " + Limits.BULK_CHUNK_LINES_MAX + " jobs; jobs=" + names.size());
        }
        List<Found> found = new ArrayList<>();
        Map<Integer, List<Found>> byPartition = new TreeMap<>();
        Map<Integer, List<Seen>> seenByPartition = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            Found one = finder.find(names.get(i), request.scope(), Use.CHANGE);
            found.add(one);
            if (!generations.isEmpty()) {
                seenByPartition
                        .computeIfAbsent(one.handle().partition(), _ -> new ArrayList<>())
                        .add(new Seen.JobGeneration(one.id(), generations.get(i)));
            }
            byPartition
                    .computeIfAbsent(one.handle().partition(), _ -> new ArrayList<>())
                    .add(one);
        }
        String requestId = request.requestId(request.scope().one());
        Map<String, ActionResult> resultById = new TreeMap<>();
        for (List<Found> part : byPartition.values()) {
            Command.Requested bare =
                    command.apply(requestId, part.stream().map(Found::id).toList());
            PartitionHandle handle = part.getFirst().handle();
            List<Seen> seen = seenByPartition.getOrDefault(handle.partition(), List.of());
            Reply.Acted reply =
                    (Reply.Acted) Partitions.ask(handle, seen.isEmpty() ? bare : new Command.IfUnchanged(seen, bare));
            for (int i = 0; i < part.size(); i++) {
                Reply.Act act = reply.acts().get(i);
                resultById.put(act.id(), JobEndpoint.result(part.get(i), act));
            }
        }
        return found.stream()
                .map(one -> resultById.get(one.id().toString()))
                .filter(result -> result != null)
                .toList();
    }
}
