package dev.kalends.testing;

import static dev.kalends.testing.Samples.keyed;
import static dev.kalends.testing.Samples.repeating;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.job.JobId;
import dev.kalends.job.JobName;
import dev.kalends.job.JobSpec;
import dev.kalends.journal.Change;
import dev.kalends.journal.StoreReader.JobRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Names, many of them and alike, as they come and go: a store may keep neighbours together. */
public interface NamesContract extends StoreHarness {
    @Test
    default void namesComeAndGoInAnyOrder() {
        long seed = 20_261_127;
        Random random = new Random(seed);
        Map<String, NavigableMap<String, JobSpec>> held = new HashMap<>();
        List<JobSpec> living = new ArrayList<>();
        long jobs = 0;
        for (int batch = 0; batch < 60; batch++) {
            List<Change> changes = new ArrayList<>();
            boolean forget = batch % 3 == 2;
            int some = 1 + random.nextInt(forget ? 150 : 120);
            for (int i = 0; i < some && (!forget || !living.isEmpty()); i++) {
                if (forget) {
                    JobSpec gone = living.remove(random.nextInt(living.size()));
                    names(held, gone.tenant()).remove(name(gone), gone);
                    changes.add(new Change.RemoveJob(gone.id()));
                } else {
                    JobSpec spec = anyJob(repeating(++jobs), random);
                    names(held, spec.tenant()).put(name(spec), spec);
                    living.add(spec);
                    changes.add(new Change.PutSpec(spec, -1));
                }
            }
            apply(changes.toArray(Change[]::new));
            check(held, random, "seed=" + seed + " batch=" + batch);
        }
        reopened();
        check(held, random, "opened again, seed=" + seed);
        living.forEach(spec -> apply(new Change.RemoveJob(spec.id())));
        held.clear();
        check(held, random, "all forgotten, seed=" + seed);
    }

    private void check(Map<String, NavigableMap<String, JobSpec>> held, Random random, String when) {
        for (String tenant : List.of("acme", "default")) {
            NavigableMap<String, JobSpec> names = names(held, tenant);
            assertEquals(List.copyOf(names.keySet()), listed(tenant, "", 1 + random.nextInt(99)), when);
            names.forEach((name, spec) -> assertEquals(Optional.of(spec.id()), store().named(tenant, name), when));
            String other = name(anyJob(repeating(1), random));
            assertEquals(Optional.ofNullable(names.get(other)).map(JobSpec::id), store().named(tenant, other), when);
            String prefix = other.substring(0, random.nextInt(other.length()));
            List<String> wanted = names.keySet().stream()
                    .filter(name -> name.startsWith(prefix))
                    .toList();
            assertEquals(wanted, listed(tenant, prefix, 7), when + " prefix=" + prefix);
        }
    }

    /** All names with a prefix, page by page. */
    private List<String> listed(String tenant, String prefix, int page) {
        List<String> names = new ArrayList<>();
        List<JobRow> rows = reader().jobsNamed(tenant, prefix, "", page);
        while (!rows.isEmpty()) {
            rows.forEach(row -> names.add(name(row.spec())));
            assertEquals(names.size(), Set.copyOf(names).size(), "none is listed twice");
            rows = reader().jobsNamed(tenant, prefix, names.getLast(), page);
        }
        return names;
    }

    private static NavigableMap<String, JobSpec> names(Map<String, NavigableMap<String, JobSpec>> held, String tenant) {
        return held.computeIfAbsent(tenant, _ -> new TreeMap<>());
    }

    private static String name(JobSpec spec) {
        return spec.name().name().orElseThrow();
    }

    private static JobSpec anyJob(JobId id, Random random) {
        String tenant = random.nextInt(4) == 0 ? "acme" : JobName.DEFAULT_TENANT;
        return keyed(id, tenant, anyName(id, random), "k");
    }

    /** Some in no order, some in a series, some long, some that begin another, some that come again. */
    private static String anyName(JobId id, Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> "job-" + Integer.toHexString(random.nextInt());
            case 1 -> "invoice/%08d".formatted(id.sequence());
            case 2 -> "x".repeat(1 + random.nextInt(200));
            case 3 -> "tägliche Prüfung " + random.nextInt(500);
            case 4 -> "m".repeat(random.nextInt(190)) + Integer.toHexString(random.nextInt());
            default -> "again-" + random.nextInt(40);
        };
    }
}
