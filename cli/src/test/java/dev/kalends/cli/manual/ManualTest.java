package dev.kalends.cli.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.cli.command.CommandModel;
import dev.kalends.cli.main.Catalog;
import dev.kalends.cli.testing.SourceTree;
import dev.kalends.cli.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manual pages are those that the commands of today make, complete, correct mdoc, and readable. */
final class ManualTest {
    private static final Path MAN = SourceTree.at("man");
    private static final Pattern REFERENCE = Pattern.compile("(?m)^\\.Xr (kalends\\S*) (\\d)");
    private static final Tool MANDOC = Tool.of("mandoc", "mandoc");

    /** What it says of a machine on which we are not installed, and of sections that only look like others. */
    private static final List<String> BESIDE = List.of(
            "referenced manual not found: Xr",
            "outdated mandoc.db",
            "possible typo in section name",
            "operating system");

    private static Map<String, String> made() throws IOException {
        return new Manual(Catalog.groups(), SourceTree.at("cli/src/main/manual")).pages();
    }

    private static List<Path> shipped() throws IOException {
        try (Stream<Path> files = Files.list(MAN)) {
            return files.sorted().toList();
        }
    }

    @Test
    void pagesAreFresh() throws IOException {
        for (Map.Entry<String, String> page : made().entrySet()) {
            Path file = MAN.resolve(page.getKey());
            String shipped = Files.exists(file) ? Files.readString(file) : "";
            assertEquals(page.getValue(), shipped, "man/" + page.getKey() + " is stale: run scripts/pages");
        }
    }

    @Test
    void everyCommandHasItsPage() throws IOException {
        List<String> missing = new ArrayList<>();
        for (CommandModel command : Catalog.commands()) {
            Path page = MAN.resolve("kalends-" + command.first() + "."
                    + PageKind.of(command.first()).section());
            String text = Files.exists(page) ? Files.readString(page) : "";
            if (!text.contains(".Nm kalends " + command.path() + "\n")) {
                missing.add(command.path());
            }
            command.options().stream()
                    .filter(option ->
                            !text.contains(Mdoc.escape(option.longName().substring(1))))
                    .forEach(option -> missing.add(command.path() + " " + option.longName()));
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void noPageIsLeftOver() throws IOException {
        Map<String, String> made = made();
        List<String> left = shipped().stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> !name.endsWith(".7") && !made.containsKey(name))
                .toList();
        assertEquals(List.of(), left);
    }

    @Test
    void referencesLeadSomewhere() throws IOException {
        for (Path page : shipped()) {
            Matcher references = REFERENCE.matcher(Files.readString(page));
            while (references.find()) {
                Path target = MAN.resolve(references.group(1) + "." + references.group(2));
                assertTrue(Files.exists(target), page.getFileName() + " refers to " + target.getFileName());
            }
        }
    }

    @Test
    void mandocFindsNothing() throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-T", "lint"));
        shipped().forEach(page -> arguments.add(page.toString()));
        List<String> words = MANDOC.run(arguments.toArray(String[]::new))
                .output()
                .lines()
                .filter(line -> BESIDE.stream().noneMatch(line::contains))
                .toList();
        assertEquals(List.of(), words);
    }

    @Test
    void mandocFindsWhatIsWrong() throws IOException, InterruptedException {
        Path wrong = Files.createTempFile("wrong", ".1");
        Files.writeString(wrong, ".Dd November 26, 2026\n.Dt WRONG 1\n.Os\n.Sh NAME\n.Bl -tag\n.It x\n");
        try {
            assertTrue(MANDOC.run("-T", "lint", wrong.toString()).output().contains("ERROR"));
        } finally {
            Files.delete(wrong);
        }
    }

    @Test
    void pagesFitEightyColumns() throws IOException, InterruptedException {
        for (Path page : shipped()) {
            String text = rendered(page);
            assertTrue(text.length() > 200, page.toString());
            text.lines()
                    // Pictures of a terminal are as wide as that was.
                    .takeWhile(line -> !line.equals("SCREENS"))
                    .filter(line -> line.codePointCount(0, line.length()) > 80)
                    .findFirst()
                    .ifPresent(line -> {
                        throw new AssertionError(page.getFileName() + " is wider than 80 columns: " + line);
                    });
        }
    }

    @Test
    void submitReadsWell() throws IOException, InterruptedException {
        String text = rendered(MAN.resolve("kalends-submit.1"));
        for (String title : List.of("NAME", "SYNOPSIS", "DESCRIPTION", "EXIT STATUS", "EXAMPLES", "SEE ALSO")) {
            assertTrue(text.contains("\n" + title + "\n"), title);
        }
        assertTrue(text.contains("kalends submit WHEN [FLAGS] -- COMMAND [ARG]..."), text);
        assertTrue(text.contains("-l, --label k=v"), text);
    }

    /** As a terminal of 80 columns shows it, overstriking taken away. */
    private static String rendered(Path page) throws IOException, InterruptedException {
        String output =
                MANDOC.run("-T", "utf8", "-O", "width=80", page.toString()).output();
        return output.replaceAll(".\b", "");
    }
}
