package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.JobRequest;
import dev.kalends.api.SimulateRequest;
import dev.kalends.api.WorkerView;
import dev.kalends.partition.Draft;
import dev.kalends.rehearsal.Course;
import dev.kalends.rehearsal.Rehearsal;
import dev.kalends.rehearsal.Report;
import dev.kalends.rehearsal.Scenario;
import dev.kalends.rehearsal.Subject;
import dev.kalends.schedule.DurationText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code POST /v1/simulate}: jobs as they stand go through what might go wrong, and nothing changes.
 *
 * <p>A rehearsal computes for seconds, so there is one at a time, on a thread of its own: virtual threads would
 * wait for it.
 */
final class SimulateEndpoint {
    private static final int BODY_BYTES_MAX = 8 * 1024 * 1024;
    private static final int DRAFTS_MAX = 1_000;
    private static final int SLOTS_DEFAULT = 8;
    private static final long TAKES_DEFAULT_MS = 100;
    private static final long HOUR_MS = 3_600_000L;
    private static final long BUSY_RETRY_MS = 1_000;

    private final Services services;
    private final DraftReader drafts;
    private final Workforce workforce;
    private final Semaphore stage = new Semaphore(1);

    SimulateEndpoint(Services services, DraftReader drafts, Workforce workforce) {
        this.services = services;
        this.drafts = drafts;
        this.workforce = workforce;
    }

    Answer simulate(Request request) throws IOException, InterruptedException {
        request.query().allow(Set.of());
        Scope scope = request.scope();
        SimulateRequest asked = request.body(SimulateRequest.class, BODY_BYTES_MAX);
        if (!stage.tryAcquire()) {
            throw new ApiException(
                    ErrorCode.THROTTLED,
                    "another simulation is going on; max=1",
                    "try again in a moment",
                    BUSY_RETRY_MS);
        }
        try {
            Scenario scenario = scenario(asked, scope);
            return Answer.ok(SimulateViews.of(scenario, apart(scenario)));
        } finally {
            stage.release();
        }
    }

    private static Report apart(Scenario scenario) throws InterruptedException {
        CompletableFuture<Report> report = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().name("rehearsal").daemon().unstarted(() -> {
            try {
                report.complete(Rehearsal.of(scenario));
            } catch (RuntimeException e) {
                report.completeExceptionally(e);
            }
        });
        thread.start();
        try {
            return report.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ApiException refused) {
                throw refused;
            }
            throw new IllegalStateException("a rehearsal failed", e.getCause());
        }
    }

    private Scenario scenario(SimulateRequest asked, Scope scope) throws InterruptedException {
        long nowMs = services.clocks().nowMs();
        Course wanted = course(asked, nowMs);
        List<Draft> extra = drafts(asked.drafts(), scope);
        List<String> names = listed("jobs", asked.jobs());
        SubjectReader reader = new SubjectReader(services.partitions(), scope, listed("labels", asked.labels()));
        boolean draftsOnly = names.isEmpty() && !extra.isEmpty();
        List<Subject> subjects = draftsOnly
                ? List.of()
                : names.isEmpty() ? reader.all(wanted.endMs()) : reader.named(names, wanted.endMs());
        if (subjects.isEmpty() && extra.isEmpty()) {
            throw new ApiException(
                    ErrorCode.NOT_FOUND,
                    "no job here has anything ahead until then; span=" + DurationText.format(wanted.endMs() - nowMs),
                    "list jobs with: kalends ls; rehearse others with -f FILE");
        }
        if (subjects.size() + extra.size() > Scenario.JOBS_MAX) {
            throw SubjectReader.tooMany();
        }
        // What is due in this moment is not late because it was looked at before it fired.
        long startMs = Math.min(nowMs, SubjectReader.earliestDueMs(subjects, nowMs));
        Course course = new Course(startMs, wanted.endMs(), wanted.outages(), wanted.leaderKills());
        return new Scenario(subjects, extra, reader.orders(subjects), course, crew(asked));
    }

    private static List<String> listed(String field, @Nullable List<String> texts) {
        if (texts == null) {
            return List.of();
        }
        Field.allPresent(field, texts);
        return texts;
    }

    private List<Draft> drafts(@Nullable List<JobRequest> requests, Scope scope) {
        if (requests == null) {
            return List.of();
        }
        Field.allPresent("drafts", requests);
        if (requests.size() > DRAFTS_MAX) {
            throw Field.invalid("at most " + DRAFTS_MAX + " drafts at a time; drafts=" + requests.size());
        }
        return requests.stream().map(job -> drafts.read(job, scope).draft()).toList();
    }

    private static Course course(SimulateRequest asked, long nowMs) {
        List<Course.Outage> outages = new ArrayList<>();
        long lastMs = nowMs;
        List<SimulateRequest.Outage> stretches = asked.outages() == null ? List.of() : asked.outages();
        Field.allPresent("outages", stretches);
        for (SimulateRequest.Outage outage : stretches) {
            long fromMs = Moments.future("outages.from", Field.present("outages.from", outage.from()), nowMs);
            long toMs = Moments.future("outages.to", Field.present("outages.to", outage.to()), nowMs);
            if (toMs <= fromMs || toMs <= nowMs) {
                throw Field.invalid("an outage ends after it begins, and after now; outage="
                        + Texts.excerpt(outage.from()) + ".." + Texts.excerpt(outage.to()));
            }
            outages.add(new Course.Outage(fromMs, toMs));
            lastMs = Math.max(lastMs, toMs);
        }
        List<Long> kills = new ArrayList<>();
        for (String kill : listed("leaderKills", asked.leaderKills())) {
            long killMs = Moments.future("leaderKills", kill, nowMs);
            if (killMs < nowMs) {
                throw Field.invalid("a leader is lost after now; leaderKill=" + Texts.excerpt(kill));
            }
            kills.add(killMs);
            lastMs = Math.max(lastMs, killMs);
        }
        if (outages.size() > Course.FAULTS_MAX || kills.size() > Course.FAULTS_MAX) {
            throw Field.invalid("at most " + Course.FAULTS_MAX + " outages and as many leader kills; outages="
                    + outages.size() + " leaderKills=" + kills.size());
        }
        long spanMs = asked.span() != null
                ? Field.duration("span", asked.span(), 1)
                : lastMs == nowMs ? 24 * HOUR_MS : lastMs - nowMs + HOUR_MS;
        if (spanMs > Course.SPAN_MAX_MS - HOUR_MS) {
            throw Field.invalid("a simulation spans at most " + DurationText.format(Course.SPAN_MAX_MS - HOUR_MS)
                    + "; span=" + DurationText.format(spanMs));
        }
        return new Course(nowMs, nowMs + spanMs, outages, kills);
    }

    private Scenario.Crew crew(SimulateRequest asked) throws InterruptedException {
        long takesMs = asked.takes() == null ? TAKES_DEFAULT_MS : Field.duration("takes", asked.takes(), 0);
        int slots = asked.slots() != null
                ? asked.slots()
                : workforce.views().stream()
                        .filter(worker -> worker.state().equals("live"))
                        .mapToInt(WorkerView::slots)
                        .sum();
        if (slots < 0 || slots > Scenario.Crew.SLOTS_MAX || (asked.slots() != null && slots == 0)) {
            throw Field.invalid("slots are 1 to " + Scenario.Crew.SLOTS_MAX + "; slots=" + slots);
        }
        return new Scenario.Crew(slots == 0 ? SLOTS_DEFAULT : slots, takesMs);
    }
}
