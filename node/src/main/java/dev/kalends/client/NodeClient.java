package dev.kalends.client;

import dev.kalends.api.ActionPage;
import dev.kalends.api.ActionResult;
import dev.kalends.api.ApiException;
import dev.kalends.api.BackfillRequest;
import dev.kalends.api.BackfillView;
import dev.kalends.api.BackupRequest;
import dev.kalends.api.ChecksPage;
import dev.kalends.api.DeadAnswer;
import dev.kalends.api.DeadPage;
import dev.kalends.api.DeadRequest;
import dev.kalends.api.EditView;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.EventView;
import dev.kalends.api.FirePage;
import dev.kalends.api.ForecastView;
import dev.kalends.api.JobPage;
import dev.kalends.api.JobRequest;
import dev.kalends.api.JobView;
import dev.kalends.api.Json;
import dev.kalends.api.MinutesView;
import dev.kalends.api.NodePage;
import dev.kalends.api.OutputView;
import dev.kalends.api.PartitionPage;
import dev.kalends.api.PauseRequest;
import dev.kalends.api.QueuePage;
import dev.kalends.api.RedriveView;
import dev.kalends.api.ReplicaPage;
import dev.kalends.api.RunPage;
import dev.kalends.api.RunView;
import dev.kalends.api.SimulateAnswer;
import dev.kalends.api.SimulateRequest;
import dev.kalends.api.StatsView;
import dev.kalends.api.SubmitResult;
import dev.kalends.api.TenantPage;
import dev.kalends.api.TenantView;
import dev.kalends.api.WhyView;
import dev.kalends.api.WorkerPage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A client of the nodes: one method for each route.
 *
 * <p>Every method blocks, may be called from any thread, and throws {@link ApiException}: with the node's own code, or
 * {@code unreachable} when none answered within the request timeout.
 */
public final class NodeClient {
    private static final int EVENT_BYTES_MAX = 1024 * 1024;
    /** JSON may need six characters for one. */
    private static final int JOB_BYTES_MAX = 8 * 1024 * 1024;
    /** An event stream that says nothing for so long is broken: nodes send idle lines. */
    private static final long EVENT_SILENCE_MAX_MS = 90_000;

    /** A simulation computes for some seconds, on a busy node for more. */
    private static final long SIMULATION_MAX_MS = 120_000;

    /** A node that asks another one about services that do not answer takes its time. */
    private static final long CHECKS_MAX_MS = 45_000;

    private final Transport transport;

    public NodeClient(ClientSettings settings) {
        this.transport = new Transport(settings);
    }

    /** Submits one job. */
    public SubmitResult submit(JobRequest job) {
        return change(SubmitResult.class, "POST", Target.of("/v1/jobs"), job);
    }

    /** Has a job checked as {@link #submit} would, and makes nothing. */
    public SubmitResult check(JobRequest job) {
        return change(SubmitResult.class, "POST", Target.of("/v1/jobs").flag("dryRun", Flag.ON), job);
    }

    /**
     * Submits NDJSON, one job a line.
     *
     * @param requestId the same id with the same lines makes nothing twice
     * @param results called once for each line that is not blank, in order, as chunks are answered
     */
    public void submitBulk(String requestId, InputStream lines, Consumer<SubmitResult> results) throws IOException {
        submitBulk(ChunkIds.numbered(requestId), lines, results);
    }

    /** Submits NDJSON, one job a line, each chunk of lines under a request id that is made from it. */
    public void submitBulk(ChunkIds ids, InputStream lines, Consumer<SubmitResult> results) throws IOException {
        new BulkSubmit(transport, ids, results).run(lines);
    }

    public JobPage jobs(JobQuery query) {
        return get(JobPage.class, query.target());
    }

    /**
     * Reads the input shapes of all jobs that are alive, a line of JSON each, as they come.
     *
     * @param glob which names; empty: also jobs without one
     * @param labels {@code key=value} each; all must match
     * @throws ApiException {@code unavailable} when the stream breaks: what was read is not all
     */
    public void export(Optional<String> glob, List<String> labels, Consumer<byte[]> job) {
        Target target = Target.of("/v1/export").query("name", glob);
        labels.forEach(label -> target.query("label", label));
        Predicate<byte[]> each = line -> {
            job.accept(line);
            return true;
        };
        lines(Call.get(target), JOB_BYTES_MAX, each, "the export broke off", "start it again");
    }

    /** One job by id, id prefix or name. */
    public JobView job(String idOrName) {
        return get(JobView.class, Target.of("/v1/jobs").segment(idOrName));
    }

    /**
     * The fires to come of a job.
     *
     * @param from an instant, read in the schedule's zone where it names none, or a duration; empty = now
     */
    public FirePage nextFires(String idOrName, int count, Optional<String> from) {
        Target target = Target.of("/v1/jobs").segment(idOrName).word("next").query("n", Integer.toString(count));
        return get(FirePage.class, target.query("from", from));
    }

    /** Ends a job. */
    public ActionResult cancelJob(String idOrName, Flag running) {
        return change(
                ActionResult.class,
                "DELETE",
                Target.of("/v1/jobs").segment(idOrName).flag("running", running));
    }

    /** Makes a manual run now. */
    public ActionResult trigger(String idOrName, Flag force) {
        return change(
                ActionResult.class,
                "POST",
                Target.of("/v1/jobs").segment(idOrName).word("trigger").flag("force", force));
    }

    /** Holds back jobs, a tenant, or everything. */
    public ActionPage pause(PauseRequest what) {
        return change(ActionPage.class, "POST", Target.of("/v1/jobs:pause"), what);
    }

    /** Lets what was paused go on. */
    public ActionPage resume(PauseRequest what) {
        return change(ActionPage.class, "POST", Target.of("/v1/jobs:resume"), what);
    }

    /** Makes a new generation of a job, or says what it would be; {@code unset} names fields to remove. */
    public EditView edit(String idOrName, JobRequest changes, List<String> unset, Flag dryRun) {
        Target target = Target.of("/v1/jobs")
                .segment(idOrName)
                .word("edit")
                .flag("dryRun", dryRun)
                .query("unset", unset.isEmpty() ? Optional.empty() : Optional.of(String.join(",", unset)));
        return change(EditView.class, "POST", target, changes);
    }

    /** Makes up for a stretch of the past, or says what that would be. */
    public BackfillView backfill(String idOrName, BackfillRequest stretch) {
        return change(BackfillView.class, "POST", backfills(idOrName), stretch);
    }

    public ActionResult cancelBackfill(String idOrName) {
        return change(ActionResult.class, "DELETE", backfills(idOrName));
    }

    private static Target backfills(String idOrName) {
        return Target.of("/v1/jobs").segment(idOrName).word("backfill");
    }

    /** Has jobs go through what might go wrong, on the node, where nothing changes by it. */
    public SimulateAnswer simulate(SimulateRequest request) {
        Call call = Call.change("POST", Target.of("/v1/simulate"), Optional.of(request));
        return Json.readAnswer(SimulateAnswer.class, transport.call(call.parked(SIMULATION_MAX_MS)));
    }

    public RunPage runs(RunQuery query) {
        return get(RunPage.class, query.target());
    }

    /** One run by {@code JOB@INSTANT}, {@code NAME@INSTANT} or {@code NAME@latest}. */
    public RunView run(String run) {
        return get(RunView.class, Target.of("/v1/runs").segment(run));
    }

    /** The output tail of an attempt, by default the last. */
    public OutputView output(String run, OptionalInt attempt) {
        Target target = Target.of("/v1/runs").segment(run).word("output");
        attempt.ifPresent(number -> target.query("attempt", Integer.toString(number)));
        return get(OutputView.class, target);
    }

    public ActionResult cancelRun(String run, Flag running) {
        return change(
                ActionResult.class, "DELETE", Target.of("/v1/runs").segment(run).flag("running", running));
    }

    /** The same actions, only while their targets are as they were seen. */
    public SeenClient ifUnchanged() {
        return new SeenClient(transport);
    }

    public ActionResult rerun(String run) {
        return change(
                ActionResult.class, "POST", Target.of("/v1/runs").segment(run).word("rerun"));
    }

    /** Waits until a run has ended, at most {@code waitMs}; then answers it as it is. */
    public RunView awaitRun(String run, long waitMs) {
        Target target = Target.of("/v1/runs").segment(run).word("wait").query("waitMs", Long.toString(waitMs));
        return Json.readAnswer(RunView.class, transport.call(Call.get(target).parked(waitMs)));
    }

    public DeadPage dead(DeadQuery query) {
        return get(DeadPage.class, query.target());
    }

    public DeadAnswer redrive(DeadRequest which) {
        return change(DeadAnswer.class, "POST", Target.of("/v1/dead/redrive"), which);
    }

    /** How a redrive with a canary goes, of the node that began it. */
    public RedriveView redriving(String redrive) {
        return get(RedriveView.class, Target.of("/v1/dead/redrives").segment(redrive));
    }

    public DeadAnswer discard(DeadRequest which) {
        return change(DeadAnswer.class, "POST", Target.of("/v1/dead/discard"), which);
    }

    public PartitionPage partitionLeases() {
        return get(PartitionPage.class, Target.of("/v1/leases/partitions"));
    }

    /** The runs that are leased now. */
    public RunPage runLeases() {
        return get(RunPage.class, Target.of("/v1/leases/runs"));
    }

    public WorkerPage workers() {
        return get(WorkerPage.class, Target.of("/v1/workers"));
    }

    public StatsView stats() {
        return get(StatsView.class, Target.of("/v1/stats"));
    }

    /** What was started and failed in each of the last minutes, by all nodes together. */
    public MinutesView minutes() {
        return get(MinutesView.class, Target.of("/v1/stats/minutes"));
    }

    /**
     * What became of a nominal instant of a job, and why.
     *
     * @param at as in a run id, or an instant in the schedule's zone; empty = the last one worth telling of
     */
    public WhyView why(String idOrName, Optional<String> at) {
        return get(
                WhyView.class,
                Target.of("/v1/jobs").segment(idOrName).word("why").query("at", at));
    }

    /** How many fires come when. */
    public ForecastView forecast(ForecastQuery query) {
        return get(ForecastView.class, query.target());
    }

    public TenantPage tenants() {
        return get(TenantPage.class, Target.of("/v1/tenants"));
    }

    /** Sets a tenant's limits. */
    public TenantView setTenant(TenantView limits) {
        return change(TenantView.class, "PUT", Target.of("/v1/tenants").segment(limits.name()), limits);
    }

    public NodePage nodes() {
        return get(NodePage.class, Target.of("/v1/nodes"));
    }

    /** Has a node lead nothing. */
    public ActionResult drainNode(String node) {
        return change(
                ActionResult.class, "POST", Target.of("/v1/nodes").segment(node).word("drain"));
    }

    /** Lets the newest feature level be written; {@code dryRun} only says whether it could be. */
    public ActionResult finalizeLevel(Flag dryRun) {
        return change(
                ActionResult.class,
                "POST",
                Target.of("/v1/cluster").word("finalize").flag("dryRun", dryRun));
    }

    public ActionResult undrainNode(String node) {
        return change(
                ActionResult.class, "POST", Target.of("/v1/nodes").segment(node).word("undrain"));
    }

    /** Has whoever leads a partition give it back. */
    public ActionResult stepDown(int partition) {
        Target target = Target.of("/v1/partitions").segment(Integer.toString(partition));
        return change(ActionResult.class, "POST", target.word("step-down"));
    }

    public ReplicaPage replicas() {
        return get(ReplicaPage.class, Target.of("/v1/replicas"));
    }

    /** What the nodes find out about what they depend on; may take some seconds. */
    public ChecksPage checks() {
        Call call = Call.get(Target.of("/v1/checks"));
        return Json.readAnswer(ChecksPage.class, transport.call(call.parked(CHECKS_MAX_MS)));
    }

    public QueuePage queues() {
        return get(QueuePage.class, Target.of("/v1/queues"));
    }

    public ActionResult declareQueue(String queue) {
        return change(ActionResult.class, "PUT", Target.of("/v1/queues").segment(queue));
    }

    public ActionResult withdrawQueue(String queue) {
        return change(ActionResult.class, "DELETE", Target.of("/v1/queues").segment(queue));
    }

    /** Asks the node for a backup into a directory of its machine. */
    public ActionResult backup(String dir) {
        return change(ActionResult.class, "POST", Target.of("/v1/backup"), new BackupRequest(dir));
    }

    /**
     * Reads events until the stream ends or the callback says no.
     *
     * @throws ApiException {@code unavailable} when the stream breaks: go on from the last cursor
     */
    public void events(EventQuery query, Predicate<EventView> more) {
        Call call = Call.get(query.target()).parked(EVENT_SILENCE_MAX_MS);
        Predicate<byte[]> each = line -> line.length == 0 || more.test(Json.readAnswer(EventView.class, line));
        lines(call, EVENT_BYTES_MAX, each, "the event stream broke", "read on from the last cursor");
    }

    private void lines(Call call, int bytesMax, Predicate<byte[]> more, String broke, String hint) {
        try (InputStream in = transport.open(call)) {
            LineReader lines = new LineReader(in, bytesMax);
            Optional<byte[]> line = lines.next();
            while (line.isPresent() && more.test(line.get())) {
                line = lines.next();
            }
        } catch (IOException e) {
            throw new ApiException(ErrorCode.UNAVAILABLE, broke + "; reason=" + e.getMessage(), hint);
        }
    }

    /** The Prometheus text. */
    public String metrics() {
        return text("/metrics");
    }

    /** The node's word for being alive; not retried. */
    public String livez() {
        return text("/livez");
    }

    /** The node's word for being ready; not retried. */
    public String readyz() {
        return text("/readyz");
    }

    private String text(String path) {
        return new String(transport.call(Call.get(Target.of(path)).once()), StandardCharsets.UTF_8).strip();
    }

    private <T> T get(Class<T> type, Target target) {
        return Json.readAnswer(type, transport.call(Call.get(target)));
    }

    private <T> T change(Class<T> type, String method, Target target) {
        return Json.readAnswer(type, transport.call(Call.change(method, target, Optional.empty())));
    }

    private <T> T change(Class<T> type, String method, Target target, Object body) {
        return Json.readAnswer(type, transport.call(Call.change(method, target, Optional.of(body))));
    }
}
