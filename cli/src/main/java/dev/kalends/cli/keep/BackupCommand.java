package dev.kalends.cli.keep;

import dev.kalends.api.ActionResult;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.Paint;
import dev.kalends.cli.output.Rendering;
import dev.kalends.tui.text.SafeText;
import java.nio.file.Path;

/** {@code backup}: has the node write a consistent copy of what it holds into a directory of its machine. */
public final class BackupCommand implements Command {
    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("backup DIR")
                .positionals("DIR", "1", "a new directory on the node's machine; nothing is overwritten")
                .examples("kalends backup /var/backups/kalends-$(date +%F)");
    }

    @Override
    public int run(Arguments arguments, Session session) {
        String dir = Path.of(arguments.positionals().getFirst())
                .toAbsolutePath()
                .normalize()
                .toString();
        ActionResult result = session.client().backup(dir);
        Rendering to = session.rendering();
        if (to.format().isJson()) {
            to.json(result);
        } else if (to.forPeople()) {
            String detail = result.detail() == null ? "" : "  (" + SafeText.line(result.detail()) + ")";
            to.out()
                    .line(to.paint(Paint.GOOD, SafeText.line(result.outcome()).replace('_', ' ')) + " "
                            + SafeText.line(result.id()) + detail);
            session.tell("without output tails and tokens; use it: kalends restore " + SafeText.line(result.id())
                    + " --data-dir NEW   runs done from now on are not in it");
        } else {
            String detail = to.quiet() || result.detail() == null ? "" : "\t" + SafeText.field(result.detail());
            to.out().line(SafeText.field(result.id()) + detail);
        }
        return DONE;
    }
}
