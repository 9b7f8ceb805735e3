package dev.kalends.sim;

import dev.kalends.api.ClaimAnswer;
import dev.kalends.api.Grant;
import dev.kalends.api.LeaseName;
import dev.kalends.api.RenewAnswer;
import dev.kalends.api.RenewRequest;
import dev.kalends.api.ReportAnswer;
import dev.kalends.api.ReportRequest;
import dev.kalends.claim.ClaimDesk;
import dev.kalends.job.AttemptEnd;
import dev.kalends.job.LeaseId;
import dev.kalends.job.RunId;
import dev.kalends.partition.Command;
import dev.kalends.partition.Finished;
import dev.kalends.partition.Reply;
import dev.kalends.runtime.LoopSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** The workers' protocol over the simulated network: requests to commands, replies to answers. */
final class WorkerLink {
    private static final long TTL_MS = LoopSettings.DEFAULT.runTtlMs();
    private static final List<String> QUEUES = List.of("default", "other");

    private final Network network;
    private final House house;
    private final Random random;

    WorkerLink(Network network, House house, Random random) {
        this.network = network;
        this.house = house;
        this.random = random;
    }

    Timeline timeline() {
        return network.timeline();
    }

    /** Claims what any partition has. */
    void claim(String worker, int free, long waitMs, long timeoutMs, Consumer<ClaimAnswer> answered, Runnable failed) {
        Door door = house.door(random);
        Command.Claim claim = new Command.Claim(worker, QUEUES, free);
        network.call(
                door.trip(timeoutMs),
                () -> door.claim(claim, waitMs).thenApply(WorkerLink::claimAnswer),
                answered,
                failed);
    }

    void renew(RenewRequest request, long timeoutMs, Consumer<RenewAnswer> answered, Runnable failed) {
        Door door = house.door(random);
        network.call(
                door.trip(timeoutMs),
                () -> byPartition(
                                leases(request),
                                lease -> lease.id().run(),
                                (partition, leases) -> door.ask(partition, heartbeat(request.worker(), leases)))
                        .thenApply(WorkerLink::renewAnswer),
                answered,
                failed);
    }

    void report(ReportRequest request, long timeoutMs, Consumer<ReportAnswer> answered, Runnable failed) {
        Door door = house.door(random);
        network.call(
                door.trip(timeoutMs),
                () -> byPartition(
                                request.reports(),
                                report -> run(report.run()),
                                (partition, reports) ->
                                        door.ask(partition, new Command.Report(request.worker(), finished(reports))))
                        .thenApply(replies -> verdicts(request, replies)),
                answered,
                failed);
    }

    private interface Ask<T> {
        CompletableFuture<Reply> of(int partition, List<T> items);
    }

    /** Asks each partition about its own; done when all have answered, in the order of partitions. */
    private static <T> CompletableFuture<List<Reply>> byPartition(List<T> items, Function<T, RunId> run, Ask<T> ask) {
        TreeMap<Integer, List<T>> itemsByPartition = new TreeMap<>();
        for (T item : items) {
            itemsByPartition
                    .computeIfAbsent(run.apply(item).job().partition(), _ -> new ArrayList<>())
                    .add(item);
        }
        CompletableFuture<List<Reply>> all = CompletableFuture.completedFuture(List.of());
        for (var entry : itemsByPartition.entrySet()) {
            all = all.thenCombine(ask.of(entry.getKey(), entry.getValue()), (replies, reply) -> {
                List<Reply> more = new ArrayList<>(replies);
                more.add(reply);
                return more;
            });
        }
        return all;
    }

    static RunId run(String text) {
        return RunId.parse(text).orElseThrow();
    }

    private static ClaimAnswer claimAnswer(ClaimDesk.Got got) {
        List<Grant> grants = got.grants().stream().map(WorkerLink::grant).toList();
        List<LeaseName> doubted = got.doubted().stream()
                .map(lease -> new LeaseName(lease.run().toString(), lease.token()))
                .toList();
        return new ClaimAnswer(grants, TTL_MS - got.ageMs(), doubted);
    }

    /** How long before the claim the leases of an answer may have begun. */
    static long ageMs(ClaimAnswer answer) {
        return TTL_MS - answer.ttlMs();
    }

    private static Grant grant(Reply.Granted granted) {
        return new Grant(
                granted.run().id().toString(),
                granted.run().series(),
                granted.run().attempt(),
                granted.run().lease().orElseThrow().token(),
                granted.run().id().instantText(),
                granted.spec().tenant(),
                granted.spec().work().kind(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** A lease in a heartbeat: with what is known of it where it is held, without where it is disowned. */
    private record Beat(LeaseId id, Optional<Command.Held> held) {}

    private static List<Beat> leases(RenewRequest request) {
        List<Beat> leases = new ArrayList<>();
        for (RenewRequest.Held held : request.held()) {
            Long startedAtMs = held.startedAtMs();
            RunId run = run(held.run());
            leases.add(new Beat(
                    new LeaseId(run, held.token()),
                    Optional.of(new Command.Held(run, held.token(), startedAtMs == null ? -1 : startedAtMs))));
        }
        List<LeaseName> disowned = request.disowned();
        if (disowned != null) {
            disowned.forEach(lease ->
                    leases.add(new Beat(new LeaseId(run(lease.run()), lease.token()), Optional.empty())));
        }
        return leases;
    }

    private static Command.Renew heartbeat(String worker, List<Beat> leases) {
        return new Command.Renew(
                worker,
                leases.stream().flatMap(lease -> lease.held().stream()).toList(),
                leases.stream()
                        .filter(lease -> lease.held().isEmpty())
                        .map(Beat::id)
                        .toList());
    }

    private static RenewAnswer renewAnswer(List<Reply> replies) {
        List<String> lost = new ArrayList<>();
        List<String> cancel = new ArrayList<>();
        long agoMs = 0;
        for (Reply reply : replies) {
            Reply.Renewed renewed = (Reply.Renewed) reply;
            agoMs = Math.max(agoMs, renewed.agoMs());
            renewed.lost().forEach(run -> lost.add(run.toString()));
            renewed.cancel().forEach(run -> cancel.add(run.toString()));
        }
        return new RenewAnswer(lost, cancel, TTL_MS - agoMs, null);
    }

    private static List<Finished> finished(List<ReportRequest.Report> reports) {
        return reports.stream()
                .map(report -> new Finished(
                        run(report.run()),
                        report.series(),
                        report.attempt(),
                        report.token(),
                        AttemptEnd.valueOf(report.end().toUpperCase(Locale.ROOT)),
                        report.startedAtMs(),
                        report.finishedAtMs(),
                        Optional.ofNullable(report.exitCode()),
                        Optional.ofNullable(report.error()),
                        0))
                .toList();
    }

    /** One verdict per report, in the order of the reports. */
    private static ReportAnswer verdicts(ReportRequest request, List<Reply> replies) {
        TreeMap<Integer, List<Reply.Verdict>> verdictsByPartition = new TreeMap<>();
        List<Integer> partitions = request.reports().stream()
                .map(report -> run(report.run()).job().partition())
                .toList();
        List<Integer> order = partitions.stream().sorted().distinct().toList();
        for (int i = 0; i < order.size(); i++) {
            verdictsByPartition.put(order.get(i), new ArrayList<>(((Reply.Reported) replies.get(i)).verdicts()));
        }
        List<String> verdicts = new ArrayList<>();
        for (int partition : partitions) {
            List<Reply.Verdict> own = verdictsByPartition.getOrDefault(partition, List.of());
            verdicts.add(own.isEmpty() ? "rejected: none" : word(own.removeFirst()));
        }
        return new ReportAnswer(verdicts);
    }

    private static String word(Reply.Verdict verdict) {
        return switch (verdict) {
            case Reply.Verdict.Accepted _ -> "accepted";
            case Reply.Verdict.Repeated _ -> "repeated";
            case Reply.Verdict.Rejected rejected -> "rejected: " + rejected.why();
        };
    }
}
