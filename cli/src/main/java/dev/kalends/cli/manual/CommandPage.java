package dev.kalends.cli.manual;

import dev.kalends.cli.command.CommandModel;
import dev.kalends.cli.command.OptionModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** The page of a command word: {@code kalends-submit(1)}, or of all commands that begin with {@code dlq}. */
final class CommandPage {
    private static final List<String> AFTER_OPTIONS = List.of("ENVIRONMENT", "FILES", "EXIT STATUS");

    private final String name;
    private final PageKind kind;
    private final List<CommandModel> commands;
    private final Notes notes;
    private final List<String> out = new ArrayList<>();

    CommandPage(PageKind kind, List<CommandModel> commands, Notes notes) {
        this.name = "kalends-" + commands.getFirst().first();
        this.kind = kind;
        this.commands = commands;
        this.notes = notes;
    }

    /** The page; {@code group} are the names of pages that are read together with it. */
    String render(List<Reference> group) {
        out.addAll(List.of(".Dd " + Manual.DATE, ".Dt " + name.toUpperCase(Locale.ROOT) + " " + kind.section(), ".Os"));
        out.addAll(List.of(".Sh NAME", ".Nm " + name));
        out.add(".Nd " + Mdoc.argument(summary()).replace("\"", ""));
        synopsis();
        out.add(".Sh DESCRIPTION");
        out.addAll(description());
        for (CommandModel command : commands) {
            command(command);
        }
        out.add(".Pp");
        out.add("Options that every command takes are in");
        out.add(".Xr kalends 1 .");
        extras();
        AFTER_OPTIONS.forEach(this::section);
        examples();
        see(group);
        return String.join("\n", out) + "\n";
    }

    private String summary() {
        if (notes.has("summary")) {
            return notes.lines("summary").getFirst();
        }
        String line = commands.getFirst().line();
        return line.substring(0, 1).toLowerCase(Locale.ROOT) + line.substring(1);
    }

    private void synopsis() {
        out.add(".Sh SYNOPSIS");
        for (CommandModel command : commands) {
            List<String> variants =
                    command.synopsis().isEmpty() ? List.of("kalends " + command.path()) : command.synopsis();
            for (String variant : variants) {
                String rest = variant.substring(("kalends " + command.path()).length())
                        .strip();
                out.add(".Nm kalends " + command.path());
                if (!rest.isEmpty()) {
                    out.addAll(Mdoc.synopsis(rest));
                }
            }
        }
    }

    private List<String> description() {
        if (notes.has("DESCRIPTION")) {
            return notes.lines("DESCRIPTION");
        }
        List<String> lines = new ArrayList<>();
        if (commands.size() == 1) {
            lines.addAll(Mdoc.text(commands.getFirst().line() + "."));
        }
        return lines;
    }

    private void command(CommandModel command) {
        if (commands.size() > 1) {
            out.add(".Ss " + Mdoc.argument("kalends " + command.path()).replace("\"", ""));
            out.addAll(Mdoc.text(command.line() + "."));
            out.addAll(notes.lines("command " + command.path()));
        }
        if (command.word().isEmpty() && command.options().isEmpty()) {
            return;
        }
        if (commands.size() == 1) {
            out.add(".Pp");
            out.add("Words and options:");
        }
        out.add(".Bl -tag -width Ds");
        command.word().filter(word -> !word.description().isEmpty()).ifPresent(word -> {
            out.add(".It Ar " + Mdoc.argument(word.label()));
            out.addAll(Mdoc.text(sentence(word.description(), word.choices())));
        });
        command.options().forEach(this::option);
        if (command.trailing()) {
            out.add(".It Fl \\&- Ar COMMAND Op Ar ARG ...");
            out.addAll(Mdoc.text("The program and its arguments, each a word: no shell reads them."));
        }
        out.add(".El");
    }

    private void option(OptionModel option) {
        StringBuilder names = new StringBuilder(".It");
        for (String flag : option.names()) {
            names.append(names.length() > 3 ? " ," : "").append(" Fl ").append(Mdoc.escape(flag.substring(1)));
        }
        if (option.values() > 0) {
            names.append(" Ar ").append(Mdoc.escape(option.label()).replace(" ", "\\ "));
        }
        out.add(names.toString());
        out.addAll(Mdoc.text(sentence(option.description(), option.choices())));
        out.addAll(notes.lines("option " + option.longName()));
    }

    /** A fragment of the help as a sentence of the manual; one that begins with a value keeps its small letter. */
    static String sentence(String fragment, List<String> choices) {
        String first = fragment.split("[ ,:]", 2)[0];
        boolean literal = choices.contains(first) || !first.matches("[a-z]+(-[a-z]+)?");
        String begun = literal ? fragment : fragment.substring(0, 1).toUpperCase(Locale.ROOT) + fragment.substring(1);
        return begun.endsWith(".") || begun.endsWith("…") ? begun : begun + ".";
    }

    /** Sections of the notes that no other place has. */
    private void extras() {
        for (String title : notes.linesByKey().keySet()) {
            boolean own = title.equals(title.toUpperCase(Locale.ROOT))
                    && !AFTER_OPTIONS.contains(title)
                    && !title.equals("DESCRIPTION")
                    && !title.equals("EXAMPLES");
            if (own) {
                section(title);
            }
        }
    }

    private void section(String title) {
        if (notes.has(title)) {
            out.add(".Sh " + title);
            out.addAll(notes.lines(title));
        } else if (title.equals("EXIT STATUS")) {
            out.addAll(List.of(
                    ".Sh EXIT STATUS",
                    "0 when it is done, 2 for a wrong command line, 6 when no node answers; all",
                    "are in",
                    ".Xr kalends 1 ."));
        }
    }

    private void examples() {
        List<String> lines = commands.stream()
                .flatMap(command -> command.examples().stream())
                .toList();
        if (notes.has("EXAMPLES")) {
            section("EXAMPLES");
        } else if (!lines.isEmpty()) {
            out.add(".Sh EXAMPLES");
            out.add(".Bd -literal -offset indent -compact");
            lines.forEach(line -> out.addAll(Mdoc.literal(line)));
            out.add(".Ed");
        }
    }

    private void see(List<Reference> group) {
        TreeSet<Reference> all = new TreeSet<>(group);
        all.add(new Reference("kalends", "1"));
        all.add(new Reference("kalends-semantics", "7"));
        for (String line : notes.lines("see")) {
            all.add(Reference.of(line));
        }
        all.remove(new Reference(name, kind.section()));
        out.addAll(Reference.seeAlso(all));
    }
}
