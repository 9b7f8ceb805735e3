package dev.kalends.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule finds what it is for, shown on planted files. */
final class TidyRulesTest {
    private static SourceFile planted(String module, String sourceSet, String packageName, String text) {
        return new SourceFile(
                module,
                sourceSet,
                packageName.replace('.', '/') + "/Planted.java",
                "package " + packageName + ";\n" + text);
    }

    private static List<String> faults(String sourceSet, String body) {
        return TidyRules.faults(
                planted("node", sourceSet, "dev.kalends.planted", "final class Planted {\n" + body + "\n}\n"));
    }

    private static void assertFault(List<String> faults, String expected) {
        assertEquals(1, faults.size(), faults.toString());
        assertTrue(faults.getFirst().contains(expected), faults.toString());
    }

    @Test
    void aTidyFileHasNoFault() {
        assertEquals(List.of(), faults("main", "  void a() {}\n".repeat(50)));
        assertEquals(List.of(), faults("test", "  void a() {}\n".repeat(50)));
    }

    @Test
    void sizesHaveBounds() {
        assertEquals(List.of(), faults("main", "\n".repeat(396)));
        assertFault(faults("main", "\n".repeat(397)), "at most 400 lines");
        assertEquals(List.of(), faults("main", "//" + "x".repeat(118)));
        assertFault(faults("main", "//" + "x".repeat(119)), ":3 a line has at most 120");
        assertFault(faults("main", "String a = \"" + "x".repeat(120) + "\";"), ":3 a line has at most 120");
        assertEquals(List.of(), faults("main", "String a = \"\"\"\n" + "x".repeat(121) + "\n\"\"\";"));
        assertEquals(List.of(), faults("main", "/** Doc. */\nvoid a() {\n" + "\n".repeat(58) + "}"));
        assertFault(faults("main", "void a() {\n" + "\n".repeat(59) + "}"), ":3 a method has at most 60 lines: a");
        assertEquals(List.of(), faults("main", "@A(\"\"\"\n" + "\n".repeat(70) + "\"\"\")\nvoid a() {\n}"));
        assertFault(faults("main", "Planted() {\n" + "\n".repeat(59) + "}"), "at most 60 lines");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FileUtil", "Utils", "CommonThings", "HelperOfAll", "LeaseManager", "StoreImpl"})
    void namesSayWhatATypeDoes(String name) {
        assertFault(faults("main", "record " + name + "() {}"), "a name says what a type does: " + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Utility", "Implication", "Commons"})
    void longerWordsAreNotBanned(String name) {
        assertEquals(List.of(), faults("main", "record " + name + "() {}"));
    }

    @Test
    void aFileHasOneTopLevelTypeOfItsName() {
        String two = "final class Planted {}\nfinal class Second {}\n";
        assertFault(TidyRules.faults(planted("node", "main", "a", two)), "one top-level type");
        assertFault(TidyRules.faults(planted("node", "main", "a", "record Other() {}")), "one top-level type");
    }

    @Test
    void nothingIsLeftForLater() {
        assertFault(faults("main", "// TODO: later"), ":3 what is on main is finished: TODO");
        assertFault(faults("test", "/* a\n FIXME */"), ":4 what is on main is finished: FIXME");
        assertFault(faults("main", "int XXX;"), "what is on main is finished");
        assertEquals(List.of(), faults("main", "String word = \"TODO\";"));
    }

    @Test
    void suppressionsAreExplained() {
        assertFault(faults("main", "int a;\n@SuppressWarnings(\"all\") int b;"), ":4 a suppression has a // comment");
        assertFault(faults("main", "/** Doc. */\n@SuppressWarnings(\"all\") int b;"), "a suppression has");
        assertEquals(List.of(), faults("main", "// Because.\n@SuppressWarnings(\"all\") int b;"));
        assertEquals(List.of(), faults("main", "@SuppressWarnings(\"all\") // because\nint b;"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "System.currentTimeMillis()",
                "System . nanoTime()",
                "System::nanoTime",
                "java.time.Instant.now()",
                "LocalDateTime.now(zone)",
                "ZonedDateTime::now",
                "Clock.systemUTC()",
                "new Date()"
            })
    void onlyTimeAsksTheClocks(String call) {
        String body = "Object a = " + call + ";";
        assertFault(faults("main", body), "only package time asks");
        assertEquals(List.of(), faults("main", "// " + call + "\nString a = \"" + call + "\";"));
        assertEquals(
                List.of(),
                TidyRules.faults(planted("node", "main", "dev.kalends.time", "class Planted { " + body + " }")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Thread.sleep(5)", "Thread::sleep", "TimeUnit.SECONDS.sleep(1)"})
    void testsDoNotSleep(String call) {
        assertFault(faults("test", "Object a = " + call + ";"), "does not sleep");
        assertFault(faults("jmh", "Object a = " + call + ";"), "does not sleep");
        assertEquals(List.of(), faults("test", "String a = \"\"\"\n  " + call + "\n  \\\"\"\" \"\"\";"));
        assertFault(faults("test", "String a = \"\"\"\n b\\\n \"\"\" + " + call + ";"), ":5 a test waits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"new Random()", "new SplittableRandom()", "Math.random()", "ThreadLocalRandom.current()"})
    void chanceInTestsHasASeed(String call) {
        assertFault(faults("test", "Object a = " + call + ";"), "has a seed");
    }

    @Test
    void modulesAroundTheNodeImportWhatIsShared() {
        String imports = "import dev.kalends.api.A;\nimport static dev.kalends.%s.B.c;\nclass Planted {}\n";
        String store = imports.formatted("sqlite");
        String node = imports.formatted("node");
        assertFault(TidyRules.faults(planted("cli", "main", "dev.kalends.cli.io", store)), ":3 this module may not");
        assertFault(TidyRules.faults(planted("cli", "main", "dev.kalends.cli.io", node)), "may not import");
        assertFault(TidyRules.faults(planted("tui", "main", "dev.kalends.tui.main", node)), "may not import");
        assertFault(
                TidyRules.faults(planted("tui", "main", "dev.kalends.tui.main", imports.formatted("cli"))),
                "may not import");
        assertEquals(List.of(), TidyRules.faults(planted("cli", "main", "dev.kalends.cli.main", node)));
        assertEquals(
                List.of(), TidyRules.faults(planted("cli", "main", "dev.kalends.cli.top", imports.formatted("tui"))));
    }

    @Test
    void packagesWithoutNullMarkedAreFound() {
        SourceFile type = planted("node", "main", "a.b", "class Planted {}");
        SourceFile info = new SourceFile("node", "main", "a/b/package-info.java", "@NullMarked\npackage a.b;");
        SourceFile unmarked = new SourceFile("node", "main", "a/b/package-info.java", "// @NullMarked\npackage a.b;");
        SourceFile test = planted("node", "test", "a.b", "class Planted {}");
        SourceFile other = planted("cli", "test", "a.b", "class Planted {}");
        assertEquals(List.of("node: a.b"), TidyRules.unmarkedPackages(List.of(type)));
        assertEquals(List.of("node: a.b"), TidyRules.unmarkedPackages(List.of(type, unmarked)));
        assertEquals(List.of(), TidyRules.unmarkedPackages(List.of(type, info, test)));
        assertEquals(List.of("cli: a.b"), TidyRules.unmarkedPackages(List.of(type, info, other)));
    }
}
