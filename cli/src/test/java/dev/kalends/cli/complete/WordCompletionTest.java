package dev.kalends.cli.complete;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.cli.main.Catalog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What may stand at the cursor. */
final class WordCompletionTest {
    private final List<String> asked = new ArrayList<>();
    private final WordCompletion completion = new WordCompletion(new CommandTree(Catalog.commands()), this::names);

    private List<Candidate> names(ValueKind kind, String prefix) {
        asked.add(kind + " " + prefix);
        return List.of(new Candidate("billing/close", "scheduled"), new Candidate("etl/pull", "paused"));
    }

    private List<String> at(String word, String... before) {
        return completion.candidates(List.of(before), word).stream()
                .map(Candidate::text)
                .toList();
    }

    @Test
    void commandsComeFirst() {
        assertEquals(List.of("submit", "simulate", "show", "status", "stats", "shell"), at("s"));
        assertEquals(List.of("ls", "show", "redrive", "discard"), at("", "dlq"));
        assertEquals(List.of("redrive"), at("r", "-q", "--node", "http://n1", "dlq"));
    }

    @Test
    void optionsOfTheCommandAndOfAll() {
        assertEquals(
                List.of("--overlap", "--output"),
                at("--o", "submit").stream()
                        .filter(name -> !name.equals("--on-lost"))
                        .toList());
        assertTrue(at("-", "ls").containsAll(List.of("-l", "--label", "-T", "--watch", "--help")));
        assertEquals(List.of(), at("--overl", "ls"));
    }

    @Test
    void valuesOfAClosedList() {
        assertEquals(List.of("skip", "queue", "allow", "replace"), at("", "submit", "--overlap"));
        assertEquals(List.of("--overlap=replace"), at("--overlap=r", "submit"));
        assertEquals(List.of("json", "ndjson", "wide", "name"), at("", "-o"));
        assertEquals(List.of("POST", "PUT", "PATCH"), at("P", "submit", "--http"));
        assertEquals(List.of(), at("P", "submit", "--http", "POST"), "the second value is a URL");
        assertEquals(List.of("drain"), at("d", "nodes"));
    }

    @Test
    void namesAreAskedForWhereTheyStand() {
        assertEquals(List.of("billing/close"), at("b", "show"));
        assertEquals(List.of("billing/close"), at("b", "trigger", "--force"));
        assertEquals(List.of("--job=etl/pull"), at("--job=e", "dlq", "ls"));
        assertEquals(List.of("JOB_OR_RUN b", "JOB b", "JOB e"), asked);
    }

    @Test
    void nothingWhereNothingIsKnown() {
        assertEquals(List.of(), at("", "submit", "--name"));
        assertEquals(List.of(), at("", "status"));
        assertEquals(List.of(), at("e", "show", "billing/close"), "it takes one word only");
        assertEquals(List.of(), at("-", "submit", "--in", "1s", "--", "ls"), "a program has words of its own");
        assertEquals(List.of(), asked);
    }

    @Test
    void filesAreToldFromNames() {
        assertEquals(ValueKind.FILE, completion.kind(List.of("submit", "-f")));
        assertEquals(ValueKind.DIRECTORY, completion.kind(List.of("backup")));
        assertEquals(ValueKind.JOB, completion.kind(List.of("pause", "a")));
        assertEquals(ValueKind.FREE, completion.kind(List.of("submit", "--")));
    }
}
