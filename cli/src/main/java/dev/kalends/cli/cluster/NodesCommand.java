package dev.kalends.cli.cluster;

import dev.kalends.api.ActionResult;
import dev.kalends.api.NodePage;
import dev.kalends.api.NodeView;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.ActionLine;
import dev.kalends.cli.output.Column;
import dev.kalends.cli.output.Rendering;
import dev.kalends.client.NodeClient;
import dev.kalends.tui.text.SafeText;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** {@code nodes}: who is there, fit to lead or not, and what leads where; {@code drain} and its like change that. */
public final class NodesCommand implements Command {
    private static final int PARTITIONS_MAX = 1024;

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("nodes [ls]", "nodes drain NODE", "nodes undrain NODE", "nodes step-down PARTITION")
                .positionals(
                        "ACTION",
                        "0..2",
                        "drain: NODE gives its partitions to the others and takes none until undrain;"
                                + " step-down: whoever leads PARTITION gives it back once")
                .choices("ACTION", "ls", "drain", "undrain", "step-down")
                .examples("kalends nodes", "kalends nodes drain node-2", "kalends nodes step-down 3");
    }

    @Override
    public int run(Arguments arguments, Session session) {
        List<String> words = arguments.positionals();
        NodeClient client = session.client();
        switch (words.isEmpty() ? "ls" : words.getFirst()) {
            case "ls" -> list(words, session, client);
            case "drain" -> done(session, client.drainNode(named(words, "NODE")));
            case "undrain" -> done(session, client.undrainNode(named(words, "NODE")));
            case "step-down" -> done(session, client.stepDown(partition(named(words, "PARTITION"))));
            default ->
                throw Arguments.usage(
                        "nodes takes ls, drain NODE, undrain NODE or step-down PARTITION; word=" + words.getFirst());
        }
        return DONE;
    }

    private static void list(List<String> words, Session session, NodeClient client) {
        if (words.size() > 1) {
            throw Arguments.usage("nodes ls takes nothing more; word=" + words.get(1));
        }
        Rendering to = session.rendering();
        NodePage page = client.nodes();
        // Fields in a pipe have their places in any cluster; people see at once what is not the same everywhere.
        boolean all = page.items().stream().allMatch(node -> node.holds() == null);
        Column.Fit holds = all || !to.forPeople() ? Column.Fit.WIDE : Column.Fit.CUT;
        NodeTable.listing(page, session.nowMs(), holds).print(to, page, page.items());
        if (to.forPeople()) {
            page.items().stream()
                    .map(NodeView::clockNote)
                    .filter(note -> note != null)
                    .forEach(note -> session.tell(SafeText.line(page.node()) + ": " + SafeText.line(note)));
            Set<String> standby = page.items().stream()
                    .filter(node -> node.version() != null)
                    .map(node -> Optional.ofNullable(node.standby()).orElse("all"))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (standby.size() > 1) {
                session.tell("start all nodes with the same --standby: they have "
                        + SafeText.line(String.join(", ", standby)));
            }
        }
    }

    private static String named(List<String> words, String what) {
        if (words.size() != 2) {
            throw Arguments.usage("nodes " + words.getFirst() + " needs a " + what);
        }
        return words.get(1);
    }

    private static int partition(String text) {
        boolean number = text.matches("\\d{1,4}") && Integer.parseInt(text) < PARTITIONS_MAX;
        if (!number) {
            throw Arguments.usage("a partition is a number from 0, as leases --partitions shows it; value=" + text);
        }
        return Integer.parseInt(text);
    }

    private static void done(Session session, ActionResult result) {
        ActionLine.print(session.rendering(), result);
    }
}
