package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ClaimAnswer;
import dev.kalends.api.ClaimRequest;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.LeaseName;
import dev.kalends.api.RenewAnswer;
import dev.kalends.api.RenewRequest;
import dev.kalends.api.ReportAnswer;
import dev.kalends.api.ReportRequest;
import dev.kalends.claim.ClaimDesk;
import dev.kalends.job.AttemptEnd;
import dev.kalends.job.LeaseId;
import dev.kalends.job.Limits;
import dev.kalends.job.RunId;
import dev.kalends.partition.Command;
import dev.kalends.partition.Finished;
import dev.kalends.partition.Reply;
import dev.kalends.runtime.PartitionHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Answers workers: claim, renew, report. Over HTTP and from workers of the node's own process alike: the records are
 * the same, only the JSON is not.
 */
public final class WorkerEndpoint implements AutoCloseable {
    private static final int QUEUES_MAX = 100;
    private static final int WORKER_BYTES_MAX = 200;
    /** How long a worker that leaves waits for what it may have been granted just now: a commit's time. */
    private static final long LEAVE_MAX_MS = 3_000;

    private static final long LOOK_EVERY_NS = 5_000_000;

    private final Services services;
    private final NodeFacts facts;
    private final WorkerRoster roster;
    private final OutputIntake intake;
    private final ClaimDesk desk;

    public WorkerEndpoint(Services services, NodeFacts facts, WorkerRoster roster) {
        this.services = services;
        this.facts = facts;
        this.roster = roster;
        this.intake = new OutputIntake(services);
        this.desk = new ClaimDesk(new ClaimDesk.Parts(
                services.partitions().all().size(),
                (partition, claim, waitMs) ->
                        services.partitions().all().get(partition).claim(claim, waitMs),
                services.queue(),
                services.clocks().monotonic(),
                TimeUnit.MILLISECONDS.toNanos(facts.runTtlMs()) * 2 / 3));
    }

    /**
     * Grants work; waits up to {@code waitMs} while there is none. A claim without free slots is a worker's leave: it
     * gets what was granted already, and then nothing more.
     */
    public ClaimAnswer claim(ClaimRequest request) throws InterruptedException {
        checkProtocol(request.protocol());
        checkWorker(request.worker());
        Field.allPresent("queues", request.queues());
        Field.present("version", request.version());
        Field.present("isolation", request.isolation());
        if (request.queues().isEmpty() || request.queues().size() > QUEUES_MAX) {
            throw Field.invalid("a claim names 1 to " + QUEUES_MAX + " queues; queues="
                    + request.queues().size());
        }
        request.queues().forEach(queue -> NameText.check("queue", queue, Limits.QUEUE_BYTES_MAX));
        if (request.free() < 0 || request.free() > ClaimRequest.FREE_MAX) {
            throw Field.invalid("free is 0 to " + ClaimRequest.FREE_MAX + "; free=" + request.free());
        }
        roster.claims(request);
        try {
            ClaimDesk.Got got = got(request);
            if (got.grants().isEmpty() && request.free() > 0 && desk.isRetired()) {
                throw new ApiException(
                        ErrorCode.UNAVAILABLE, "the node is stopping; state=stopping", "ask another node");
            }
            return new ClaimAnswer(
                    got.grants().stream().map(Grants::of).toList(),
                    facts.runTtlMs() - got.ageMs(),
                    got.doubted().isEmpty() ? null : names(got.doubted()));
        } finally {
            roster.claimEnded(request.worker());
        }
    }

    private static List<LeaseName> names(List<LeaseId> leases) {
        return leases.stream()
                .map(lease -> new LeaseName(lease.run().toString(), lease.token()))
                .toList();
    }

    private ClaimDesk.Got got(ClaimRequest request) throws InterruptedException {
        long waitMs = Math.clamp(request.waitMs(), 0, ClaimRequest.WAIT_MAX_MS);
        Command.Claim claim = new Command.Claim(request.worker(), request.queues(), request.free());
        CompletableFuture<ClaimDesk.Got> answer = desk.claim(claim, waitMs);
        try {
            return answer.get(request.free() == 0 ? LEAVE_MAX_MS : waitMs, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // What came in this very moment is not lost: then it is the answer.
            answer.complete(ClaimDesk.Got.NOTHING);
            return answer.join();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the desk failed to answer a claim", e.getCause());
        }
    }

    /** Answers a worker's waiting claim at once: it wants no more work. */
    public void unpark(String worker) {
        desk.takeBack(worker);
    }

    /**
     * The node leaves: workers get what was granted to them by now, and are sent to other nodes then. Waits until that
     * is done, for a few seconds at most: what nobody fetched is tried again when its lease ends.
     */
    @Override
    public void close() {
        desk.retire();
        long deadlineNs = services.clocks().monotonic().nowNs() + TimeUnit.MILLISECONDS.toNanos(LEAVE_MAX_MS);
        while (!desk.atRest() && services.clocks().monotonic().nowNs() - deadlineNs < 0) {
            LockSupport.parkNanos(LOOK_EVERY_NS);
        }
    }

    /** Prolongs leases and takes the output so far. */
    public RenewAnswer renew(RenewRequest request) throws InterruptedException {
        checkProtocol(request.protocol());
        checkWorker(request.worker());
        Field.allPresent("held", request.held());
        if (request.held().size() > RenewRequest.HELD_MAX) {
            throw Field.invalid("a heartbeat has at most " + RenewRequest.HELD_MAX + " leases; held="
                    + request.held().size());
        }
        roster.seen(request.worker());
        Map<Integer, List<Command.Held>> heldByPartition = new TreeMap<>();
        for (RenewRequest.Held held : request.held()) {
            RunId run = run(held.run());
            Long started = held.startedAtMs();
            heldByPartition
                    .computeIfAbsent(owner(run).partition(), _ -> new ArrayList<>())
                    .add(new Command.Held(run, held.token(), started == null ? -1 : started));
        }
        Map<Integer, List<LeaseId>> disownedByPartition = disowned(request);
        disownedByPartition.keySet().forEach(partition -> heldByPartition.putIfAbsent(partition, List.of()));
        Renewals renewals = new Renewals();
        Map<Integer, CompletableFuture<Reply>> answers = new TreeMap<>();
        heldByPartition.forEach((partition, held) -> answers.put(
                partition,
                services.partitions()
                        .all()
                        .get(partition)
                        .ask(new Command.Renew(
                                request.worker(), held, disownedByPartition.getOrDefault(partition, List.of())))));
        for (Map.Entry<Integer, CompletableFuture<Reply>> answer : answers.entrySet()) {
            renewals.add(heldByPartition.getOrDefault(answer.getKey(), List.of()), answer.getValue());
        }
        for (RenewRequest.Held held : request.held()) {
            if (held.output() != null && renewals.renewed(held.run())) {
                intake.fromHeartbeat(held);
            }
        }
        return renewals.answer(facts.runTtlMs());
    }

    private Map<Integer, List<LeaseId>> disowned(RenewRequest request) {
        List<LeaseName> names =
                Optional.ofNullable(request.disowned()).orElse(List.of()); // a worker of an older version knows of none
        Field.allPresent("disowned", names);
        if (names.size() > LeaseName.MOST) {
            throw Field.invalid("a heartbeat disowns at most " + LeaseName.MOST + " leases; disowned=" + names.size());
        }
        Map<Integer, List<LeaseId>> byPartition = new TreeMap<>();
        for (LeaseName name : names) {
            RunId run = run(name.run());
            byPartition
                    .computeIfAbsent(owner(run).partition(), _ -> new ArrayList<>())
                    .add(new LeaseId(run, name.token()));
        }
        return byPartition;
    }

    /** Takes finished attempts; one verdict each, in order. */
    public ReportAnswer report(ReportRequest request) throws InterruptedException {
        checkProtocol(request.protocol());
        checkWorker(request.worker());
        Field.allPresent("reports", request.reports());
        if (request.reports().size() > ReportRequest.REPORTS_MAX) {
            throw Field.invalid("a report has at most " + ReportRequest.REPORTS_MAX + " attempts; reports="
                    + request.reports().size());
        }
        roster.seen(request.worker());
        Map<Integer, List<Integer>> placesByPartition = new TreeMap<>();
        List<Finished> reports = new ArrayList<>();
        for (ReportRequest.Report report : request.reports()) {
            Finished finished = finished(report);
            placesByPartition
                    .computeIfAbsent(owner(finished.run()).partition(), _ -> new ArrayList<>())
                    .add(reports.size());
            reports.add(finished);
        }
        Map<Integer, CompletableFuture<Reply>> answers = new TreeMap<>();
        placesByPartition.forEach((partition, places) -> answers.put(
                partition,
                services.partitions()
                        .all()
                        .get(partition)
                        .ask(new Command.Report(
                                request.worker(),
                                places.stream().map(reports::get).toList()))));
        String[] verdicts = new String[reports.size()];
        for (Map.Entry<Integer, CompletableFuture<Reply>> answer : answers.entrySet()) {
            Reply.Reported reported = (Reply.Reported) Partitions.settled(answer.getValue());
            List<Integer> places = placesByPartition.getOrDefault(answer.getKey(), List.of());
            for (int i = 0; i < places.size(); i++) {
                Reply.Verdict verdict = reported.verdicts().get(i);
                verdicts[places.get(i)] = word(verdict);
                if (!(verdict instanceof Reply.Verdict.Rejected)) {
                    intake.fromReport(request.reports().get(places.get(i)));
                }
            }
        }
        return new ReportAnswer(List.of(verdicts));
    }

    private static String word(Reply.Verdict verdict) {
        return switch (verdict) {
            case Reply.Verdict.Accepted _ -> "accepted";
            case Reply.Verdict.Repeated _ -> "repeated";
            case Reply.Verdict.Rejected rejected -> "rejected: " + rejected.why();
        };
    }

    private static Finished finished(ReportRequest.Report report) {
        String error = report.error();
        Long retryAfterMs = report.retryAfterMs();
        return new Finished(
                run(report.run()),
                report.series(),
                report.attempt(),
                report.token(),
                end(Field.present("end", report.end())),
                Math.max(0, report.startedAtMs()),
                Math.max(0, report.finishedAtMs()),
                Optional.ofNullable(report.exitCode()),
                error == null ? Optional.empty() : Optional.of(ErrorText.bounded(error)),
                retryAfterMs == null ? 0 : Math.clamp(retryAfterMs, 0, Limits.DURATION_MAX_MS));
    }

    private static AttemptEnd end(String word) {
        for (AttemptEnd end : AttemptEnd.values()) {
            if (Views.word(end).equals(word)) {
                return end;
            }
        }
        throw Field.invalid(
                "an attempt ends succeeded, failed, timed_out, lost or cancelled; end=" + Texts.excerpt(word));
    }

    private static RunId run(String text) {
        return RunId.parse(Field.present("run", text))
                .orElseThrow(() -> Field.invalid("this is no run id; run=" + Texts.excerpt(text)));
    }

    private PartitionHandle owner(RunId run) {
        return services.partitions()
                .of(run.job())
                .orElseThrow(() ->
                        new ApiException(ErrorCode.NOT_FOUND, "this run belongs to no partition here; run=" + run, ""));
    }

    private static void checkProtocol(int protocol) {
        if (protocol != ClaimRequest.PROTOCOL) {
            throw new ApiException(
                    ErrorCode.INVALID,
                    "this node speaks worker protocol " + ClaimRequest.PROTOCOL + "; protocol=" + protocol,
                    "run a worker of the node's version");
        }
    }

    private static void checkWorker(String worker) {
        NameText.check("worker", Field.present("worker", worker), WORKER_BYTES_MAX);
    }
}
