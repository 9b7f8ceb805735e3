package dev.kalends.cli.act;

import dev.kalends.api.JobPage;
import dev.kalends.api.JobView;
import dev.kalends.client.JobQuery;
import dev.kalends.client.NodeClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The jobs that have all of some labels. */
final class JobChoice {
    private static final int PAGE = 1000;

    private JobChoice() {}

    /** Ids of those that are wanted. */
    static List<String> labelled(NodeClient client, List<String> labels, Predicate<JobView> wanted) {
        List<String> ids = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            JobPage page = client.jobs(
                    new JobQuery(Optional.empty(), Optional.empty(), labels, Optional.empty(), PAGE, after));
            for (JobView job : page.items()) {
                if (wanted.test(job)) {
                    ids.add(job.id());
                }
            }
            after = Optional.ofNullable(page.next());
        } while (after.isPresent());
        return ids;
    }
}
