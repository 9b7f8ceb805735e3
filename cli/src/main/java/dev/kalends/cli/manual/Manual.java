package dev.kalends.cli.manual;

import dev.kalends.cli.command.CommandGroup;
import dev.kalends.cli.command.CommandModel;
import dev.kalends.cli.command.GlobalOptions;
import dev.kalends.cli.command.OptionModel;
import dev.kalends.cli.command.SettingSources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All manual pages that are made: one for each command word, the overview {@code kalends(1)} and
 * {@code kalends.conf(5)}. The other pages of section 7 are written by hand.
 */
public final class Manual {
    /** The date that pages bear: that of the last change of their wording. */
    static final String DATE = "November 26, 2026";

    private final List<CommandGroup> groups;
    private final Path notes;

    /**
     * A manual.
     *
     * @param notes the directory of what was written by hand
     */
    public Manual(List<CommandGroup> groups, Path notes) {
        this.groups = List.copyOf(groups);
        this.notes = notes;
    }

    /** The pages by their file names. */
    public Map<String, String> pages() throws IOException {
        Map<String, String> pages = new TreeMap<>();
        for (CommandGroup group : groups) {
            Map<String, List<CommandModel>> byWord = byWord(group);
            List<Reference> together = new ArrayList<>();
            for (String word : byWord.keySet()) {
                together.add(new Reference("kalends-" + word, PageKind.of(word).section()));
            }
            for (Map.Entry<String, List<CommandModel>> entry : byWord.entrySet()) {
                PageKind kind = PageKind.of(entry.getKey());
                Notes own = Notes.read(notes.resolve(entry.getKey() + ".mdoc"));
                pages.put(
                        "kalends-" + entry.getKey() + "." + kind.section(),
                        new CommandPage(kind, entry.getValue(), own).render(together));
            }
        }
        pages.put("kalends.1", filled("kalends.1.mdoc"));
        pages.put("kalends.conf.5", filled("kalends.conf.5.mdoc"));
        return pages;
    }

    private static Map<String, List<CommandModel>> byWord(CommandGroup group) {
        Map<String, List<CommandModel>> byWord = new LinkedHashMap<>();
        for (CommandModel command : group.commands()) {
            byWord.computeIfAbsent(command.first(), _ -> new ArrayList<>()).add(command);
        }
        return byWord;
    }

    /** A page written by hand, with {@code @commands}, {@code @options} and {@code @settings} put in. */
    private String filled(String file) throws IOException {
        List<String> out = new ArrayList<>();
        for (String line : Files.readAllLines(notes.resolve(file), StandardCharsets.UTF_8)) {
            switch (line) {
                case "@date" -> out.add(".Dd " + DATE);
                case "@commands" -> out.addAll(commands());
                case "@options" -> out.addAll(globalOptions());
                case "@settings" -> out.addAll(settings());
                default -> out.add(line);
            }
        }
        return String.join("\n", out) + "\n";
    }

    private List<String> commands() {
        List<String> out = new ArrayList<>();
        for (CommandGroup group : groups) {
            out.add(".Ss " + group.title());
            out.add(".Bl -tag -width \"import crontab\" -compact");
            for (CommandModel command : group.commands()) {
                out.add(".It Ic " + Mdoc.escape(command.path()));
                out.addAll(Mdoc.text(command.line()));
            }
            out.add(".El");
        }
        return out;
    }

    private static List<String> globalOptions() {
        List<String> out = new ArrayList<>();
        for (OptionModel option : GlobalOptions.models()) {
            StringBuilder names = new StringBuilder(".It");
            for (String flag : option.names()) {
                names.append(names.length() > 3 ? " ," : "").append(" Fl ").append(Mdoc.escape(flag.substring(1)));
            }
            out.add(option.values() == 0 ? names.toString() : names + " Ar " + option.label());
            out.addAll(Mdoc.text(CommandPage.sentence(option.description(), option.choices())));
        }
        return out;
    }

    private List<String> settings() {
        List<String> out = new ArrayList<>();
        for (String name : GlobalOptions.SETTING_NAMES) {
            out.add(".It Cm " + Mdoc.escape(name));
            OptionModel option = option(name)
                    .orElseThrow(() -> new IllegalStateException("a setting that no command declares; name=" + name));
            out.addAll(Mdoc.text(CommandPage.sentence(option.description(), option.choices())));
            out.add("Environment:");
            out.add(".Ev " + SettingSources.variable(name) + " .");
        }
        return out;
    }

    private Optional<OptionModel> option(String setting) {
        String flag = "--" + setting;
        List<OptionModel> all = new ArrayList<>(GlobalOptions.models());
        for (String daemon : List.of("node", "worker")) {
            for (CommandGroup group : groups) {
                group.commands().stream()
                        .filter(command -> command.path().equals(daemon))
                        .forEach(command -> all.addAll(command.options()));
            }
        }
        return all.stream().filter(option -> option.longName().equals(flag)).findFirst();
    }
}
