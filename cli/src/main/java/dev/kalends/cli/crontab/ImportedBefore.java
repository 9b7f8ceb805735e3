package dev.kalends.cli.crontab;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.JobPage;
import dev.kalends.api.JobView;
import dev.kalends.cli.command.Session;
import dev.kalends.client.JobQuery;
import dev.kalends.client.NodeClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The jobs that earlier imports made of a source, by name: of several the one that lives, else the newest. */
final class ImportedBefore {
    private static final Set<String> OVER = Set.of("finished", "cancelled");
    private static final int PAGE = 1000;

    private final TreeMap<String, JobView> jobByName = new TreeMap<>();

    /** Asks the node. */
    static ImportedBefore of(NodeClient client, String label) {
        ImportedBefore before = new ImportedBefore();
        List<String> labels = List.of(CrontabSource.LABEL + "=" + label);
        Optional<String> after = Optional.empty();
        do {
            JobPage page = client.jobs(
                    new JobQuery(Optional.empty(), Optional.empty(), labels, Optional.empty(), PAGE, after));
            page.items().forEach(before::add);
            after = Optional.ofNullable(page.next());
        } while (after.isPresent());
        return before;
    }

    /** For a look only: where no node answers, nothing is known, and that is said. */
    static ImportedBefore orNothing(Session session, String label) {
        try {
            return of(session.client(), label);
        } catch (ApiException e) {
            if (e.code() != ErrorCode.UNREACHABLE) {
                throw e;
            }
            session.tell("no node was asked, so what is there already is not known");
            return new ImportedBefore();
        }
    }

    private void add(JobView job) {
        String name = job.name();
        if (name == null) {
            return;
        }
        JobView known = jobByName.get(name);
        boolean better = known == null
                || isLive(job)
                || (!isLive(known) && job.createdAt().compareTo(known.createdAt()) > 0);
        if (better) {
            jobByName.put(name, job);
        }
    }

    Optional<JobView> live(String name) {
        return Optional.ofNullable(jobByName.get(name)).filter(ImportedBefore::isLive);
    }

    Optional<JobView> over(String name) {
        return Optional.ofNullable(jobByName.get(name)).filter(job -> !isLive(job));
    }

    /** Living jobs that were not named. */
    List<JobView> others(Set<String> names) {
        List<JobView> others = new ArrayList<>();
        jobByName.forEach((name, job) -> {
            if (isLive(job) && !names.contains(name)) {
                others.add(job);
            }
        });
        return others;
    }

    private static boolean isLive(JobView job) {
        return !OVER.contains(job.state());
    }
}
