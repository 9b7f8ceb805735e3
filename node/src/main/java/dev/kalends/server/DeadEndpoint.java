package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.DeadAnswer;
import dev.kalends.api.DeadGroup;
import dev.kalends.api.DeadPage;
import dev.kalends.api.DeadRequest;
import dev.kalends.api.DeadView;
import dev.kalends.api.ErrorCode;
import dev.kalends.job.DeadLetter;
import dev.kalends.job.Limits;
import dev.kalends.job.RunId;
import dev.kalends.partition.Command;
import dev.kalends.schedule.InstantText;
import dev.kalends.schedule.NumberText;
import dev.kalends.server.DeadSelection.Letters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers what is asked of dead letters: list with groups, redrive, discard. */
final class DeadEndpoint {
    private static final int GROUPS_MAX = 1_000;
    private static final int JOBS_A_GROUP_MAX = 10;
    private static final int RUNS_SHOWN_MAX = 1_000;
    private static final Set<String> PARAMETERS = Set.of("fingerprint", "job", "error", "since", "limit", "after");

    private final Services services;
    private final NodeFacts facts;
    private final RedrivePacer pacer;

    DeadEndpoint(Services services, NodeFacts facts, RedrivePacer pacer) {
        this.services = services;
        this.facts = facts;
        this.pacer = pacer;
    }

    /** {@code GET /v1/dead}. */
    Answer list(Request request) {
        Query query = request.query();
        query.allow(PARAMETERS);
        int limit = (int) query.number("limit", JobListing.LIMIT_DEFAULT, 1, JobListing.LIMIT_MAX);
        @Nullable
        RunId after = query.one("after")
                .map(text -> RunId.parse(text)
                        .orElseThrow(() -> Field.invalid("this is no cursor of a list; after=" + Texts.excerpt(text))))
                .orElse(null);
        DeadSelection selection = new DeadSelection(services, request.scope())
                .fingerprint(query.one("fingerprint").orElse(null))
                .error(query.one("error").orElse(null))
                .job(query.one("job").orElse(null))
                .since(query.one("since").orElse(null));
        List<DeadView> items = new ArrayList<>();
        Map<String, Group> groups = new LinkedHashMap<>();
        @Nullable String next = null;
        for (Letters letters : selection.read()) {
            Views views =
                    new Views(letters.handle(), facts.name(), services.clocks().nowMs());
            for (DeadLetter letter : letters.letters()) {
                group(groups, letter, selection);
                if (after != null && letter.run().id().compareTo(after) <= 0) {
                    continue;
                }
                if (items.size() < limit) {
                    items.add(view(letter, views));
                } else if (next == null) {
                    next = items.getLast().run().id();
                }
            }
        }
        List<DeadGroup> shown = groups.values().stream()
                .sorted(Comparator.comparingLong(Group::count).reversed().thenComparing(Group::fingerprint))
                .limit(GROUPS_MAX)
                .map(Group::view)
                .toList();
        return Answer.ok(new DeadPage(services.asOf(), shown, items, next));
    }

    private static DeadView view(DeadLetter letter, Views views) {
        return new DeadView(
                InstantText.format(letter.diedMs()), letter.fingerprint(), letter.error(), views.run(letter.run()));
    }

    private void group(Map<String, Group> groups, DeadLetter letter, DeadSelection selection) {
        Group group = groups.computeIfAbsent(
                letter.fingerprint(), fingerprint -> new Group(fingerprint, letter.error(), letter.diedMs()));
        group.add(
                letter.diedMs(),
                selection.name(letter.run().id().job()),
                services.clocks().nowMs());
    }

    private static final class Group {
        private final String fingerprint;
        private final String error;
        private final Set<String> jobs = new LinkedHashSet<>();
        private long count;
        private long firstMs;
        private long lastMs;
        private final long[] lastHour = new long[DeadGroup.PARTS];

        Group(String fingerprint, String error, long diedMs) {
            this.fingerprint = fingerprint;
            this.error = error;
            this.firstMs = diedMs;
            this.lastMs = diedMs;
        }

        String fingerprint() {
            return fingerprint;
        }

        long count() {
            return count;
        }

        void add(long diedMs, String job, long nowMs) {
            count++;
            long ago = Math.max(0, nowMs - diedMs) / DeadGroup.PART_MS;
            if (ago < DeadGroup.PARTS) {
                lastHour[DeadGroup.PARTS - 1 - (int) ago]++;
            }
            firstMs = Math.min(firstMs, diedMs);
            lastMs = Math.max(lastMs, diedMs);
            if (jobs.size() < JOBS_A_GROUP_MAX) {
                jobs.add(job);
            }
        }

        DeadGroup view() {
            return new DeadGroup(
                    fingerprint,
                    count,
                    error,
                    List.copyOf(jobs),
                    InstantText.format(firstMs),
                    InstantText.format(lastMs),
                    Arrays.stream(lastHour).boxed().toList());
        }
    }

    /** {@code POST /v1/dead/redrive}: reopens runs at a pace, so that what broke is not flooded at once. */
    Answer redrive(Request request) throws IOException {
        request.query().allow(Set.of());
        DeadRequest asked = request.body(DeadRequest.class, Limits.BULK_LINE_BYTES_MAX);
        Scope scope = request.scope();
        String requestId = request.requestId(scope.one());
        double ratePerSec = RedrivePacer.rate(asked.rate());
        List<Letters> letters = DeadSelection.of(services, scope, asked).read();
        long count = count(letters);
        boolean dryRun = Boolean.TRUE.equals(asked.dryRun());
        boolean canary = Boolean.TRUE.equals(asked.canary());
        @Nullable String redrive = null;
        if (!dryRun && count > 0) {
            if (canary) {
                redrive = pacer.startCanary(requestId, scope.one(), ratePerSec, letters);
            } else {
                pacer.start(requestId, ratePerSec, letters);
            }
            did(request, canary ? "redrive with a canary" : "redrive", asked, count);
        }
        long durationMs = (long) Math.floor(Math.max(0, count - 1) * 1000 / ratePerSec);
        return Answer.ok(new DeadAnswer(count, ratePerSec, durationMs, dryRun, runs(letters), redrive));
    }

    /** {@code GET /v1/dead/redrives/{redrive}}: how a redrive with a canary goes that this node began. */
    Answer redriving(Request request) {
        request.query().allow(Set.of());
        String id = request.parameter("redrive");
        return pacer.canaries()
                .find(id, request.scope())
                .map(canary -> Answer.ok(canary.view()))
                .orElseThrow(() -> new ApiException(
                        ErrorCode.NOT_FOUND,
                        "this node redrives nothing under that name; redrive=" + Texts.excerpt(id),
                        "it belongs to the node that began it and ends with it; what is left: kalends dlq ls"));
    }

    /** {@code POST /v1/dead/discard}. */
    Answer discard(Request request) throws IOException, InterruptedException {
        request.query().allow(Set.of());
        DeadRequest asked = request.body(DeadRequest.class, Limits.BULK_LINE_BYTES_MAX);
        Field.absent("canary", asked.canary(), "redrive");
        Scope scope = request.scope();
        String requestId = request.requestId(scope.one());
        List<Letters> letters = DeadSelection.of(services, scope, asked).read();
        boolean dryRun = Boolean.TRUE.equals(asked.dryRun());
        if (!dryRun) {
            for (Letters part : letters) {
                List<RunId> runs =
                        part.letters().stream().map(letter -> letter.run().id()).toList();
                for (int from = 0; from < runs.size(); from += Limits.BULK_CHUNK_LINES_MAX) {
                    List<RunId> chunk = runs.subList(from, Math.min(runs.size(), from + Limits.BULK_CHUNK_LINES_MAX));
                    Partitions.ask(part.handle(), new Command.Discard(requestId + "." + from, chunk));
                }
            }
        }
        if (!dryRun && count(letters) > 0) {
            did(request, "discard", asked, count(letters));
        }
        return Answer.ok(new DeadAnswer(count(letters), 0, 0, dryRun, runs(letters), null));
    }

    /** How they were chosen, for the record. */
    private static void did(Request request, String verb, DeadRequest asked, long count) {
        List<String> how = new ArrayList<>();
        Optional.ofNullable(asked.job()).ifPresent(job -> how.add("job " + job));
        Optional.ofNullable(asked.fingerprint()).ifPresent(print -> how.add("fingerprint " + print));
        Optional.ofNullable(asked.error()).ifPresent(error -> how.add("error " + error));
        Optional.ofNullable(asked.runs()).filter(runs -> !runs.isEmpty()).ifPresent(runs -> how.add(runs.getFirst()));
        String subject = NumberText.counted(count, "dead letter");
        request.did(verb, subject, request.scope().one(), String.join(", ", how));
    }

    private static long count(List<Letters> letters) {
        return letters.stream().mapToLong(part -> part.letters().size()).sum();
    }

    private static List<String> runs(List<Letters> letters) {
        return letters.stream()
                .flatMap(part -> part.letters().stream())
                .limit(RUNS_SHOWN_MAX)
                .map(letter -> letter.run().id().toString())
                .toList();
    }
}
