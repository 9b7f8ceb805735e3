package dev.kalends.cli.complete;

import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.io.Printer;
import java.util.List;

/**
 * {@code __complete KIND [PREFIX]}: names for the completion scripts, one a line, with a tab and a word about it where
 * there is one. It never fails: without an answer in time it prints nothing.
 */
public final class NamesCommand implements Command {
    /** Its word, which no help shows. */
    public static final String PATH = "__complete";

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis(PATH + " KIND [PREFIX]").positionals("KIND", "1..2", "what kind of names, and how they begin");
    }

    @Override
    public int run(Arguments arguments, Session session) {
        List<String> words = arguments.positionals();
        String prefix = words.size() > 1 ? words.get(1) : "";
        Printer out = session.surroundings().out();
        ValueKind.ofWord(words.getFirst()).ifPresent(kind -> {
            for (Candidate name : NodeNames.once(session).find(kind, prefix)) {
                if (name.text().startsWith(prefix)) {
                    out.line(name.description().isEmpty() ? name.text() : name.text() + "\t" + name.description());
                }
            }
        });
        return DONE;
    }
}
