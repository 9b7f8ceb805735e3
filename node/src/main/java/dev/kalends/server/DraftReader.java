package dev.kalends.server;

import dev.kalends.api.JobRequest;
import dev.kalends.api.Json;
import dev.kalends.job.Hash;
import dev.kalends.job.JobName;
import dev.kalends.job.Limits;
import dev.kalends.job.Policy;
import dev.kalends.job.Window;
import dev.kalends.job.Work;
import dev.kalends.partition.Draft;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes a draft of a request: every field checked against its limit, texts of time read, the request hashed. */
final class DraftReader {
    private final Clocks clocks;
    private final ZoneId machineZone;
    private final QueueBook queues;

    DraftReader(Clocks clocks, ZoneId machineZone, QueueBook queues) {
        this.clocks = clocks;
        this.machineZone = machineZone;
        this.queues = queues;
    }

    /** A draft, with what its sender should know. */
    record Read(Draft draft, List<String> warnings) {}

    /** Reads a job for the tenant that a scope allows; throws {@code invalid} at the first field that is wrong. */
    Read read(JobRequest request, Scope scope) {
        return read(request, scope, bodyHash(request));
    }

    /**
     * Reads a line of a bulk. One without a key is only ever compared with the same line of the same bulk sent again,
     * so the bytes that came are hashed as they are.
     */
    Read readLine(byte[] line, Scope scope) {
        JobRequest request = Json.readRequest(JobRequest.class, line);
        return read(request, scope, request.key() == null ? Hash.of(line) : bodyHash(request));
    }

    private Read read(JobRequest request, Scope scope, long bodyHash) {
        JobName name = name(request, scope);
        ScheduleReader schedule = new ScheduleReader(request, clocks.nowMs(), machineZone);
        Draft.When when = schedule.when();
        Window window = schedule.window();
        Work work = WorkReader.read(request);
        Policy policy = PolicyReader.read(request);
        QueueEndpoint.requireDeclared(queues, policy.queue());
        Map<String, String> labels = labels(request.labels());
        Draft draft = new Draft(name, when, window, work, policy, labels, bodyHash);
        ExceptReader.refuseIfNothingIsLeft(draft, clocks.nowMs());
        schedule.warnings().addAll(ClockChanges.within(draft, clocks.nowMs()));
        return new Read(draft, schedule.warnings());
    }

    private static JobName name(JobRequest request, Scope scope) {
        Optional<String> name = Optional.ofNullable(request.name());
        name.ifPresent(text -> NameText.check("name", text, Limits.NAME_BYTES_MAX));
        Optional<String> key = Optional.ofNullable(request.key());
        key.ifPresent(text -> {
            if (text.isEmpty()) {
                throw Field.invalid("key is empty; key=\"\"");
            }
            Field.atMost("key", text, Limits.KEY_BYTES_MAX);
            Field.oneLine("key", text);
        });
        return new JobName(scope.ofJob(Optional.ofNullable(request.tenant())), name, key);
    }

    private static Map<String, String> labels(@Nullable Map<String, String> sent) {
        Map<String, String> labels = sent == null ? Map.of() : sent;
        if (labels.size() > Limits.LABELS_MAX) {
            throw Field.invalid("a job has at most " + Limits.LABELS_MAX + " labels; labels=" + labels.size());
        }
        for (Map.Entry<String, String> label : labels.entrySet()) {
            NameText.check("label", label.getKey(), Limits.LABEL_BYTES_MAX);
            @Nullable String value = label.getValue();
            if (value == null) {
                throw Field.invalid("a label has a value; label=" + label.getKey());
            }
            Field.atMost("labels." + label.getKey(), value, Limits.LABEL_BYTES_MAX);
            Field.oneLine("labels." + label.getKey(), value);
        }
        return labels;
    }

    /**
     * The hash of a request as it was sent, before defaults: {@code in} stays relative, so that the same request a
     * minute later is the same. Neither blanks nor the order of fields count, nor which way the tenant was named.
     */
    private static long bodyHash(JobRequest r) {
        JobRequest.Http http = r.http();
        JobRequest plain = new JobRequest(
                r.name(),
                r.key(),
                null,
                r.at(),
                r.in(),
                r.every(),
                r.anchor(),
                r.cron(),
                r.after(),
                r.manual(),
                r.tz(),
                r.command(),
                http == null
                        ? null
                        : new JobRequest.Http(http.method(), http.url(), sorted(http.headers()), http.body()),
                r.noop(),
                r.stdin(),
                sorted(r.env()),
                r.cwd(),
                r.user(),
                r.queue(),
                r.priority(),
                r.maxAttempts(),
                r.backoff(),
                r.maxAge(),
                r.timeout(),
                r.deadline(),
                r.onLost(),
                r.retryOn(),
                r.fatalOn(),
                r.overlap(),
                r.catchUp(),
                r.dst(),
                r.except(),
                r.from(),
                r.until(),
                r.maxRuns(),
                r.splay(),
                r.sandbox(),
                r.limit(),
                sorted(r.labels()));
        return Hash.of(new String(Json.writeRequest(plain), StandardCharsets.UTF_8));
    }

    private static @Nullable Map<String, String> sorted(@Nullable Map<String, String> map) {
        return map == null ? null : new TreeMap<>(map);
    }
}
