package dev.kalends.cli.look;

import dev.kalends.api.WhyView;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.Format;
import dev.kalends.cli.output.Rendering;
import dev.kalends.tui.text.SafeText;
import java.util.Optional;

/** {@code why}: what became of a fire, in a sentence, with the facts and what to type next. */
public final class WhyCommand implements Command {
    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("why JOB[@T]", "why RUN")
                .positionals(
                        "JOB[@T]",
                        "1",
                        "a name or id; T as in a run id (20260308T070000Z), RFC 3339, or local time in the schedule's"
                                + " zone (UTC where it has none), nominal or due. Without T: the run that is open, else"
                                + " the fire that was decided last, else the one to come")
                .examples(
                        "kalends why billing/close",
                        "kalends why billing/close@2026-03-08T02:30",
                        "kalends why billing/close@20260308T070000Z -o json");
    }

    @Override
    public int run(Arguments arguments, Session session) {
        String which = arguments.positionals().getFirst();
        int at = which.indexOf('@');
        Optional<String> instant = at < 0 ? Optional.empty() : Optional.of(which.substring(at + 1));
        if (at == 0 || instant.filter(String::isEmpty).isPresent()) {
            throw Arguments.usage("write JOB or JOB@T; found=" + which);
        }
        WhyView view = session.client().why(at < 0 ? which : which.substring(0, at), instant);
        Rendering to = session.rendering();
        if (to.quiet() || to.format() == Format.NAME) {
            to.out().line(SafeText.field(view.verdict()));
        } else if (to.format().isJson()) {
            to.json(view);
        } else {
            new WhyCard(session).print(view);
        }
        return DONE;
    }
}
