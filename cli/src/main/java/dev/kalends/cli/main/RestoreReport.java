package dev.kalends.cli.main;

import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.JsonObject;
import dev.kalends.cli.output.Paint;
import dev.kalends.cli.output.Rendering;
import dev.kalends.node.ClusterRestore;
import dev.kalends.node.Restore.Moved;
import dev.kalends.node.Restore.Restored;
import dev.kalends.tui.text.SafeText;
import java.nio.file.Path;
import java.util.Locale;

/** Says what was restored, what that means, and what to do next. */
final class RestoreReport {
    private final Session session;
    private final Rendering to;

    RestoreReport(Session session) {
        this.session = session;
        this.to = session.rendering();
    }

    void directory(Path target, Restored restored) {
        String safe = SafeText.field(target.toString());
        if (to.format().isJson()) {
            to.json(figures(new JsonObject().text("dataDirectory", target.toString()), restored));
            return;
        }
        line(safe, restored, "");
        explain(restored);
        session.tell("start it: kalends node --data-dir " + safe);
    }

    void cluster(ClusterRestore.Done done) {
        Restored restored = done.restored();
        if (to.format().isJson()) {
            to.json(figures(new JsonObject().text("cluster", done.cluster()), restored)
                    .number("changes", done.changes()));
            return;
        }
        line(
                to.forPeople() ? "cluster " + done.cluster() : done.cluster(),
                restored,
                String.format(Locale.ROOT, ", %,d changes", done.changes()));
        explain(restored);
        session.tell("start its nodes, each with an empty data directory: kalends node --cluster " + done.cluster()
                + " --node-id ID --kafka … --token-file FILE …");
    }

    private static JsonObject figures(JsonObject json, Restored restored) {
        json.number("partitions", restored.partitions())
                .number("incarnation", restored.incarnation())
                .number("held", restored.held());
        restored.moved()
                .ifPresent(moved -> json.text("mapping", moved.mapping().toString())
                        .number("newIds", moved.jobs())
                        .number("leftOut", moved.leftOut()));
        return json;
    }

    private void line(String what, Restored restored, String more) {
        if (to.forPeople()) {
            String partitions = restored.partitions() + (restored.partitions() == 1 ? " partition" : " partitions");
            to.out()
                    .line(to.paint(Paint.GOOD, "restored") + " " + what + "  (" + partitions + ", incarnation "
                            + restored.incarnation() + more + ")");
        } else {
            to.out()
                    .line(
                            to.quiet()
                                    ? what
                                    : what + "\t" + restored.partitions() + "\t" + restored.incarnation() + "\t"
                                            + restored.held());
        }
    }

    private void explain(Restored restored) {
        restored.moved().ifPresent(this::ids);
        session.tell("What was done after the backup is not in it:");
        session.tell(
                "  runs of recurring jobs since then are judged by their catch-up policy when the node starts; one");
        if (restored.moved().isEmpty()) {
            session.tell("    that runs again has the run id it had, so an idempotent job does it once");
        } else {
            session.tell(
                    "    that runs again has a new run id: a job that knows its past work by run ids does it twice");
        }
        session.tell("  runs that were open in the backup are tried again when their leases are over");
        session.tell("  jobs that were accepted or cancelled since then are as they were: submit or cancel them again");
        long held = restored.held();
        if (held > 0) {
            session.tell("  " + held + (held == 1 ? " one-off is" : " one-offs are")
                    + " held: due before now, perhaps done already. See: kalends ls --state paused");
            session.tell("    run one: kalends resume JOB   drop one: kalends cancel JOB");
        }
    }

    private void ids(Moved moved) {
        session.tell("Another number of partitions: " + moved.jobs() + (moved.jobs() == 1 ? " job has" : " jobs have")
                + " new ids, old and new in " + SafeText.field(moved.mapping().toString()));
        if (moved.leftOut() > 0) {
            session.tell("  left out: " + moved.leftOut() + " records of jobs that were gone already");
        }
    }
}
