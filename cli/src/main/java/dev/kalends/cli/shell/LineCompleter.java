package dev.kalends.cli.shell;

import dev.kalends.cli.complete.WordCompletion;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jspecify.annotations.Nullable;

/** Completes a line of the shell: the same words as in bash, zsh and fish, and the shell's own. */
final class LineCompleter implements Completer {
    private final WordCompletion words;

    LineCompleter(WordCompletion words) {
        this.words = words;
    }

    @Override
    public void complete(@Nullable LineReader reader, ParsedLine parsed, List<Candidate> candidates) {
        if (parsed instanceof TypedLine line) {
            for (dev.kalends.cli.complete.Candidate found : find(line)) {
                candidates.add(candidate(found));
            }
        }
    }

    /** What fits, in the order in which it is shown. */
    List<dev.kalends.cli.complete.Candidate> find(TypedLine line) {
        List<String> before = line.before();
        if (!before.isEmpty() && before.getFirst().equals("help")) {
            return words.candidates(before.subList(1, before.size()), line.word());
        }
        List<dev.kalends.cli.complete.Candidate> found = new ArrayList<>(words.candidates(before, line.word()));
        if (before.isEmpty()) {
            OwnWord.all().stream()
                    .filter(own -> own.text().startsWith(line.word()))
                    .forEach(found::add);
        }
        boolean value = !line.word().startsWith("-");
        switch (words.kind(before)) {
            case FILE -> found.addAll(value ? FileNames.find(line.word(), FileNames.Only.FILES_TOO) : List.of());
            case DIRECTORY -> found.addAll(value ? FileNames.find(line.word(), FileNames.Only.DIRECTORIES) : List.of());
            case FREE, CHOICE, JOB, RUN, JOB_OR_RUN, DEAD, NODE, QUEUE, TENANT, ZONE -> {
                // They are among the words.
            }
        }
        return found;
    }

    private static Candidate candidate(dev.kalends.cli.complete.Candidate found) {
        String description = found.description().isEmpty() ? null : found.description();
        boolean whole = !found.text().endsWith("/");
        return new Candidate(found.text(), found.text(), null, description, null, null, whole);
    }
}
