package dev.kalends.cli.cluster;

import dev.kalends.api.ActionResult;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Confirmation;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.ActionLine;
import dev.kalends.client.Flag;
import java.io.IOException;
import java.util.List;

/** {@code cluster finalize}: ends an upgrade, after which there is no way back to the version before. */
public final class ClusterCommand implements Command {
    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("cluster finalize [--dry-run]")
                .positionals(
                        "finalize",
                        "1",
                        "lets the new version's records be written, once every node reads them; until then each node"
                                + " can go back to the version before")
                .toggle("--dry-run", "only say whether it could be done")
                .choices("finalize", "finalize")
                .examples("kalends cluster finalize --dry-run", "kalends cluster finalize --yes");
    }

    @Override
    public int run(Arguments arguments, Session session) throws IOException {
        if (!arguments.positionals().equals(List.of("finalize"))) {
            throw Arguments.usage("cluster takes finalize; words=" + String.join(" ", arguments.positionals()));
        }
        ActionResult preview = session.client().finalizeLevel(Flag.ON);
        boolean only = arguments.has("--dry-run");
        if (only || preview.outcome().equals("unchanged")) {
            ActionLine.print(session.rendering(), preview);
        } else if (new Confirmation(session).of(1, "cluster", "finalized: " + preview.detail(), Flag.OFF)) {
            ActionLine.print(session.rendering(), session.client().finalizeLevel(Flag.OFF));
        }
        return DONE;
    }
}
