package dev.kalends.cli.complete;

import dev.kalends.api.ApiException;
import dev.kalends.api.JobView;
import dev.kalends.api.RunView;
import dev.kalends.cli.command.Session;
import dev.kalends.client.ClientSettings;
import dev.kalends.client.JobQuery;
import dev.kalends.client.NodeClient;
import dev.kalends.client.RunQuery;
import dev.kalends.tui.text.SafeText;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a node for names. The node has 150 ms to answer: a person has pressed a key and waits. Whatever goes wrong is no
 * answer.
 */
public final class NodeNames implements NameSource {
    /** Milliseconds. */
    static final long ANSWER_WITHIN_MS = 150;

    /** What a JVM that was started for this one question needs besides, to load what it asks with. */
    private static final long COLD_MS = 250;

    private static final int NAMES_MAX = 200;
    private static final int RUNS_MAX = 50;
    private static final int ID_PREFIX_MIN = 6;

    private final NodeClient client;
    private final Duration patience;

    /** For a process that asks often. */
    public NodeNames(Session session) {
        this(session, Duration.ofMillis(ANSWER_WITHIN_MS));
    }

    /** For a process that asks once. */
    static NodeNames once(Session session) {
        return new NodeNames(session, Duration.ofMillis(ANSWER_WITHIN_MS + COLD_MS));
    }

    private NodeNames(Session session, Duration patience) {
        this.patience = patience;
        ClientSettings settings = session.clientSettings();
        this.client = new NodeClient(new ClientSettings(
                settings.nodes(),
                settings.tenant(),
                settings.tokens(),
                Duration.ofMillis(ANSWER_WITHIN_MS),
                settings.clock()));
    }

    @Override
    public List<Candidate> find(ValueKind kind, String prefix) {
        if (kind == ValueKind.ZONE) {
            return zones(prefix);
        }
        // Completion is a courtesy: no answer, no words.
        CompletableFuture<List<Candidate>> answer = new CompletableFuture<>();
        var _ = Thread.ofVirtual().start(() -> {
            try {
                answer.complete(ask(kind, prefix));
            } catch (ApiException e) {
                answer.complete(List.of());
            }
        });
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (TimeoutException | ExecutionException e) {
            return List.of();
        }
    }

    private List<Candidate> ask(ValueKind kind, String prefix) {
        return switch (kind) {
            case JOB -> jobs(prefix);
            case RUN -> runs(prefix, Optional.empty());
            case DEAD -> runs(prefix, Optional.of("dead"));
            case JOB_OR_RUN -> prefix.contains("@") ? runs(prefix, Optional.empty()) : jobs(prefix);
            case NODE ->
                safe(client.nodes().items().stream()
                        .map(node -> new Candidate(node.node(), node.state()))
                        .toList());
            case QUEUE ->
                safe(client.queues().items().stream()
                        .map(queue -> new Candidate(queue.name(), ""))
                        .toList());
            case TENANT ->
                safe(client.tenants().items().stream()
                        .map(tenant -> new Candidate(tenant.name(), ""))
                        .toList());
            case FREE, CHOICE, FILE, DIRECTORY, ZONE -> List.of();
        };
    }

    private List<Candidate> jobs(String prefix) {
        List<Candidate> jobs = new ArrayList<>();
        Optional<String> glob = prefix.isEmpty() ? Optional.empty() : Optional.of(pattern(prefix));
        JobQuery query = new JobQuery(glob, Optional.empty(), List.of(), Optional.empty(), NAMES_MAX, Optional.empty());
        for (JobView job : client.jobs(query).items()) {
            String name = job.name();
            jobs.add(new Candidate(name == null ? job.id() : name, job.state()));
        }
        if (jobs.isEmpty() && prefix.length() >= ID_PREFIX_MIN && prefix.matches("[0-9a-z]+")) {
            JobView job = client.job(prefix);
            jobs.add(new Candidate(job.id(), Optional.ofNullable(job.name()).orElse(job.state())));
        }
        return safe(jobs);
    }

    private List<Candidate> runs(String prefix, Optional<String> state) {
        int at = prefix.indexOf('@');
        Optional<String> job = at >= 0
                ? Optional.of(prefix.substring(0, at))
                : prefix.isEmpty() ? Optional.empty() : Optional.of(pattern(prefix));
        RunQuery query = new RunQuery(job, state, Optional.empty(), Optional.empty(), RUNS_MAX, Optional.empty());
        List<Candidate> runs = new ArrayList<>();
        for (RunView run : client.runs(query).items()) {
            String instant = run.id().substring(run.id().indexOf('@') + 1);
            String own = at >= 0
                    ? job.orElse("")
                    : Optional.ofNullable(run.jobName()).orElse(run.jobId());
            runs.add(new Candidate(own + "@" + instant, run.state()));
        }
        if (at >= 0 && state.isEmpty()) {
            runs.add(new Candidate(job.orElse("") + "@latest", "its latest run"));
        }
        return safe(runs);
    }

    /** Names cannot hold a star; a question mark they can, and then it stands for itself among others. */
    private static String pattern(String prefix) {
        return prefix.replace("*", "") + "*";
    }

    private static List<Candidate> zones(String prefix) {
        return ZoneId.getAvailableZoneIds().stream()
                .filter(zone -> zone.startsWith(prefix) && (zone.contains("/") || zone.equals("UTC")))
                .filter(zone -> !zone.startsWith("SystemV/"))
                .sorted()
                .map(zone -> new Candidate(zone, ""))
                .toList();
    }

    /** What a terminal would not print as it is cannot be typed either. */
    private static List<Candidate> safe(List<Candidate> all) {
        return all.stream()
                .filter(candidate -> SafeText.line(candidate.text()).equals(candidate.text()))
                .map(candidate -> new Candidate(candidate.text(), SafeText.line(candidate.description())))
                .toList();
    }
}
