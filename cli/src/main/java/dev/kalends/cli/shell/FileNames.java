package dev.kalends.cli.shell;

import dev.kalends.cli.complete.Candidate;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Files whose names go on from what was typed; directories end in a slash. */
final class FileNames {
    private static final int SHOWN_MAX = 200;

    private FileNames() {}

    /**
     * What fits.
     *
     * @param typed a path, its last name incomplete
     * @param directories whether only directories fit
     */
    static List<Candidate> find(String typed, Only directories) {
        int slash = typed.lastIndexOf('/');
        String directory = typed.substring(0, slash + 1);
        String name = typed.substring(slash + 1);
        List<Candidate> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(directory.isEmpty() ? "." : directory))) {
            for (Path entry : entries) {
                String own = String.valueOf(entry.getFileName());
                boolean isDirectory = Files.isDirectory(entry);
                boolean hidden = own.startsWith(".") && !name.startsWith(".");
                if (own.startsWith(name) && !hidden && (isDirectory || directories == Only.FILES_TOO)) {
                    found.add(new Candidate(directory + own + (isDirectory ? "/" : ""), ""));
                }
                if (found.size() == SHOWN_MAX) {
                    break;
                }
            }
        } catch (IOException | InvalidPathException | DirectoryIteratorException e) {
            return List.of();
        }
        found.sort(Comparator.comparing(Candidate::text));
        return List.copyOf(found);
    }

    /** What is looked for. */
    enum Only {
        FILES_TOO,
        DIRECTORIES
    }
}
