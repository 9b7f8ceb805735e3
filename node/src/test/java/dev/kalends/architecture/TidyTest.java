package dev.kalends.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The sources of all modules are tidy. */
final class TidyTest {
    private final List<SourceFile> files = SourceFile.all();

    @Test
    void everyModuleIsLookedAt() {
        Set<String> modules = files.stream().map(SourceFile::module).collect(Collectors.toSet());
        assertTrue(modules.containsAll(Set.of("node", "tui")), modules.toString());
        assertTrue(files.size() > 100, "files=" + files.size());
        assertTrue(files.stream().anyMatch(file -> file.toString().endsWith("architecture/TidyTest.java")));
    }

    @Test
    void everyFileKeepsToTheRules() {
        List<String> faults =
                files.stream().flatMap(file -> TidyRules.faults(file).stream()).toList();
        assertEquals("", String.join("\n", faults));
    }

    @Test
    void everyPackageIsNullMarked() {
        assertEquals(List.of(), TidyRules.unmarkedPackages(files));
    }
}
