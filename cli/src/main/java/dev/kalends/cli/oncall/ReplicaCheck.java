package dev.kalends.cli.oncall;

import dev.kalends.api.ReplicaPage;
import dev.kalends.api.ReplicaView;
import java.util.List;
import java.util.stream.Collectors;

/** Whether the nodes of a cluster hold the same, as they were just held against each other. */
final class ReplicaCheck {
    private static final String NAME = "replicas";

    private ReplicaCheck() {}

    static Check of(ReplicaPage page) {
        if (page.nodes() < 2) {
            return Check.ok(NAME, "one node: nothing to compare");
        }
        String differ = listed(page, "differs");
        if (!differ.isEmpty()) {
            return Check.fail(
                    NAME,
                    "nodes hold different things: " + differ,
                    "keep a copy and report it; then, of the node that is wrong (or of all but one, one after the"
                            + " other): stop it, take its data directory away, start it again");
        }
        String behind = listed(page, "behind");
        if (!behind.isEmpty()) {
            return Check.warn(NAME, "behind: " + behind, "look at that node's log and disk: kalends nodes");
        }
        String silent = listed(page, "silent");
        if (!silent.isEmpty()) {
            return Check.warn(NAME, "no answer from: " + silent, "see which node is away: kalends nodes");
        }
        long same = page.items().stream()
                .filter(view -> view.verdict().equals("same"))
                .count();
        String left = listed(page, "not_compared");
        return Check.ok(
                NAME,
                same + " of " + page.items().size() + " partitions are the same on " + where(page)
                        + (left.isEmpty() ? "" : "; not compared: " + left));
    }

    private static String where(ReplicaPage page) {
        boolean all = page.items().stream()
                .allMatch(view -> view.replicas().isEmpty() || view.replicas().size() == page.nodes());
        return all ? page.nodes() + " nodes" : "the nodes that hold them";
    }

    private static String listed(ReplicaPage page, String verdict) {
        List<ReplicaView> views = page.items().stream()
                .filter(view -> view.verdict().equals(verdict))
                .toList();
        return views.stream()
                .map(view -> "partition " + view.partition() + " (" + view.detail() + ")")
                .collect(Collectors.joining(", "));
    }
}
