package dev.kalends.cli.oncall;

import dev.kalends.api.PartitionPage;
import dev.kalends.api.PartitionView;
import dev.kalends.api.RunPage;
import dev.kalends.api.RunView;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.look.RunTable;
import dev.kalends.cli.output.ActionLine;
import dev.kalends.cli.output.Cell;
import dev.kalends.cli.output.Column;
import dev.kalends.cli.output.Listing;
import dev.kalends.cli.output.Paint;
import dev.kalends.cli.output.Rendering;
import dev.kalends.client.NodeClient;
import dev.kalends.schedule.DurationText;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code leases}: who leads a partition, who runs a run, and for how long that still holds. {@code leases release RUN}
 * takes a run back from its worker.
 */
public final class LeasesCommand implements Command {
    private static final String RELEASE = "release";

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("leases [--partitions|--runs] [--left-under D]", "leases release RUN [--token N]")
                .positionals("ACTION", "0..2", "release: take RUN back from its worker, so that another one tries it")
                .choices("ACTION", RELEASE)
                .toggle("--partitions", "who leads which partition")
                .toggle("--runs", "who runs what (programs get this when neither is said, people both)")
                .value("--left-under", "D", "only leases with less time left")
                .value("--token", "N", "release only the lease with this token, as leases --runs prints it")
                .examples("kalends leases --runs --left-under 5s", "kalends leases release etl/ingest@latest");
    }

    @Override
    public int run(Arguments arguments, Session session) {
        if (!arguments.positionals().isEmpty()) {
            release(arguments, session);
            return DONE;
        }
        if (arguments.has("--token")) {
            throw Arguments.usage("--token belongs to leases release RUN");
        }
        if (arguments.has("--partitions") && arguments.has("--runs")) {
            throw Arguments.usage("--partitions and --runs exclude each other");
        }
        NodeClient client = session.client();
        Rendering to = session.rendering();
        OptionalLong underMs = arguments.durationMs("--left-under");
        boolean both = !arguments.has("--partitions") && !arguments.has("--runs") && to.forPeople();
        if (both || arguments.has("--partitions")) {
            partitions(session, client.partitionLeases(), underMs);
        }
        if (both) {
            to.out().line();
        }
        if (!arguments.has("--partitions")) {
            runs(session, client.runLeases(), underMs);
        }
        return DONE;
    }

    private static void release(Arguments arguments, Session session) {
        List<String> words = arguments.positionals();
        if (words.size() != 2 || !words.getFirst().equals(RELEASE)) {
            throw Arguments.usage("leases takes release RUN, or nothing; words=" + String.join(" ", words));
        }
        if (arguments.has("--partitions") || arguments.has("--runs") || arguments.has("--left-under")) {
            throw Arguments.usage("leases release takes a RUN and --token, nothing else");
        }
        OptionalLong token = arguments.wholeNumber("--token", 0, Long.MAX_VALUE);
        ActionLine.print(session.rendering(), session.client().ifUnchanged().release(words.get(1), token));
    }

    private static void partitions(Session session, PartitionPage page, OptionalLong underMs) {
        List<PartitionView> items = page.items().stream()
                .filter(partition -> under(partition.leftMs(), underMs))
                .toList();
        if (items.isEmpty() && session.rendering().forPeople()) {
            session.tell("no partition matches");
            return;
        }
        Rendering to = session.rendering();
        listing(holders(items, to)).print(to, new PartitionPage(page.asOf(), items), items);
    }

    private static void runs(Session session, RunPage page, OptionalLong underMs) {
        List<RunView> items = page.items().stream()
                .filter(run -> under(run.lease() == null ? null : run.lease().leftMs(), underMs))
                .toList();
        if (items.isEmpty() && session.rendering().forPeople()) {
            session.tell("no run is leased");
            return;
        }
        RunTable.leased(session.nowMs())
                .print(session.rendering(), new RunPage(page.asOf(), items, page.next()), items);
    }

    /** An unknown rest counts as none: it is what one looks for. */
    private static boolean under(@Nullable Long leftMs, OptionalLong underMs) {
        return underMs.isEmpty() || leftMs == null || leftMs < underMs.getAsLong();
    }

    /** Fields in a pipe have their places in any cluster; people see at once what is not the same everywhere. */
    private static Column.Fit holders(List<PartitionView> items, Rendering to) {
        boolean all = items.stream().allMatch(partition -> partition.holders() == null);
        return all || !to.forPeople() ? Column.Fit.WIDE : Column.Fit.CUT;
    }

    private static Listing<PartitionView> listing(Column.Fit holders) {
        return new Listing<>(
                List.of(
                        Column.text("PARTITION", Column.Fit.NUMBER, p -> Integer.toString(p.partition())),
                        new Column<>(
                                "LEADER",
                                Column.Fit.CUT,
                                p -> p.leader() == null ? new Cell("nobody", Paint.BAD) : Cell.of(p.leader()),
                                PartitionView::leader),
                        Column.text("EPOCH", Column.Fit.NUMBER, p -> Long.toString(p.epoch())),
                        new Column<>("LEFT", Column.Fit.FIXED, p -> RunTable.left(p.leftMs()), p -> text(p.leftMs())),
                        new Column<>("TTL", Column.Fit.FIXED, p -> words(p.ttlMs()), p -> text(p.ttlMs())),
                        new Column<>(
                                "RENEWED AGO",
                                Column.Fit.FIXED,
                                p -> words(p.renewedAgoMs()),
                                p -> text(p.renewedAgoMs())),
                        Column.text("DUE", Column.Fit.NUMBER, p -> Long.toString(p.due())),
                        new Column<>(
                                "LAG",
                                Column.Fit.FIXED,
                                p -> words(p.wheelLagMs()),
                                p -> Long.toString(p.wheelLagMs())),
                        Column.text(
                                "MISSED", Column.Fit.WIDE, p -> p.missedLeft() == null ? "0" : text(p.missedLeft())),
                        Column.text("HOLDERS", holders, LeasesCommand::holders)),
                p -> Integer.toString(p.partition()),
                p -> null);
    }

    private static String holders(PartitionView partition) {
        List<String> holders = partition.holders();
        return holders == null ? "all" : String.join(",", holders);
    }

    private static Cell words(@Nullable Long ms) {
        return ms == null ? Cell.NONE : Cell.of(DurationText.words(ms));
    }

    private static @Nullable String text(@Nullable Long ms) {
        return ms == null ? null : ms.toString();
    }
}
