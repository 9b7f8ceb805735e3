package dev.kalends.server;

import dev.kalends.api.DeadRequest;
import dev.kalends.job.DeadLetter;
import dev.kalends.job.JobId;
import dev.kalends.job.RunId;
import dev.kalends.journal.StoreReader;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.server.JobFinder.Use;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which dead letters are meant: by run, by fingerprint, by error, by job, by age, within a scope. */
final class DeadSelection {
    /** Letters that one request looks at or touches, at most. */
    static final int LETTERS_MAX = 100_000;

    private static final int PAGE = 1_000;
    private static final int RUNS_MAX = 10_000;

    private final Services services;
    private final Scope scope;
    private final List<Predicate<DeadLetter>> conditions = new ArrayList<>();
    private final JobNames names;

    DeadSelection(Services services, Scope scope) {
        this.services = services;
        this.scope = scope;
        this.names = new JobNames(services.partitions());
        conditions.add(letter -> scope.sees(letter.run().route().tenant()));
    }

    /** What a request names; {@code invalid} when it names nothing, because that would mean all. */
    static DeadSelection of(Services services, Scope scope, DeadRequest request) {
        DeadSelection selection = new DeadSelection(services, scope);
        List<String> runs = request.runs();
        boolean named = (runs != null && !runs.isEmpty())
                || request.fingerprint() != null
                || request.error() != null
                || request.job() != null;
        if (!named && !Boolean.TRUE.equals(request.all())) {
            throw Field.invalid("say which: runs, fingerprint, error, job, or all=true; given=none");
        }
        if (runs != null && !runs.isEmpty()) {
            selection.runs(runs);
        }
        return selection
                .fingerprint(request.fingerprint())
                .error(request.error())
                .job(request.job())
                .since(request.since());
    }

    private void runs(List<String> texts) {
        Field.allPresent("runs", texts);
        if (texts.size() > RUNS_MAX) {
            throw Field.invalid("a request names at most " + RUNS_MAX + " runs; runs=" + texts.size());
        }
        JobFinder finder = new JobFinder(services.partitions());
        Set<RunId> runs = new HashSet<>();
        for (String text : texts) {
            JobFinder.FoundRun found = finder.findRun(text, scope, Use.CHANGE);
            runs.add(found.run().orElseThrow(() -> Field.invalid("this job never ran; run=" + Texts.excerpt(text))));
        }
        conditions.add(letter -> runs.contains(letter.run().id()));
    }

    DeadSelection fingerprint(@Nullable String fingerprint) {
        if (fingerprint != null) {
            conditions.add(letter -> letter.fingerprint().equals(fingerprint));
        }
        return this;
    }

    DeadSelection error(@Nullable String regex) {
        if (regex != null) {
            Predicate<String> matches = BoundedMatcher.of("error", regex);
            conditions.add(letter -> matches.test(letter.error()));
        }
        return this;
    }

    /** A name pattern, or one job's name or id. */
    DeadSelection job(@Nullable String glob) {
        if (glob != null) {
            conditions.add(letter -> {
                JobId id = letter.run().id().job();
                return id.toString().equals(glob) || Globs.matches(glob, name(id));
            });
        }
        return this;
    }

    DeadSelection since(@Nullable String since) {
        if (since != null) {
            long sinceMs = Moments.past("since", since, services.clocks().nowMs());
            conditions.add(letter -> letter.diedMs() >= sinceMs);
        }
        return this;
    }

    /** A job's name, or its id. */
    String name(JobId id) {
        return names.name(id).orElseGet(id::toString);
    }

    private boolean wants(DeadLetter letter) {
        for (Predicate<DeadLetter> condition : conditions) {
            if (!condition.test(letter)) {
                return false;
            }
        }
        return true;
    }

    /** One partition's letters. */
    record Letters(PartitionHandle handle, List<DeadLetter> letters) {}

    /** All letters that are meant, at most {@link #LETTERS_MAX}, by partition and run. */
    List<Letters> read() {
        List<Letters> all = new ArrayList<>();
        int left = LETTERS_MAX;
        for (PartitionHandle handle : services.partitions().all()) {
            List<DeadLetter> letters = new ArrayList<>();
            StoreReader reader = handle.reader();
            Optional<RunId> after = Optional.empty();
            List<DeadLetter> page = reader.dead(after, this::wants, Math.min(left, PAGE));
            while (!page.isEmpty()) {
                letters.addAll(page);
                left -= page.size();
                after = Optional.of(page.getLast().run().id());
                page = left > 0 ? reader.dead(after, this::wants, Math.min(left, PAGE)) : List.of();
            }
            all.add(new Letters(handle, letters));
        }
        return all;
    }
}
