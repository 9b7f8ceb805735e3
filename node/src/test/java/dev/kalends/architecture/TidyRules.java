package dev.kalends.architecture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What every source file keeps to, in all modules: sizes, names, comments, clocks, and what it may import. */
final class TidyRules {
    static final int FILE_LINES_MAX = 400;
    static final int METHOD_LINES_MAX = 60;
    static final int LINE_LENGTH_MAX = 120;

    private static final Set<String> BANNED_WORDS =
            Set.of("Util", "Utils", "Common", "Helper", "Helpers", "Manager", "Impl");
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");
    private static final Pattern SLEEP =
            Pattern.compile("\\bThread\\s*(\\.|::)\\s*sleep\\b|\\bTimeUnit\\.\\w+\\.sleep\\b");
    private static final Pattern UNSEEDED =
            Pattern.compile("\\bnew (Splittable)?Random\\(\\)|\\bMath\\.random\\b|\\bThreadLocalRandom\\b");
    private static final Pattern CLOCK = Pattern.compile("\\bSystem\\s*(\\.|::)\\s*(currentTimeMillis|nanoTime)\\b"
            + "|\\b(Instant|Local(Date|Time|DateTime)|(Offset|Zoned)DateTime)\\s*(\\.|::)\\s*now\\b"
            + "|\\bClock\\.system|\\bnew Date\\(\\)|\\bCalendar\\.getInstance\\b");
    private static final Pattern SUPPRESSION = Pattern.compile("@SuppressWarnings\\b");
    private static final Pattern IMPORT = Pattern.compile("\\bdev\\.kalends\\.([a-z]+)\\b");

    private final SourceFile file;
    private final JavaText parts;
    private final List<String> faults = new ArrayList<>();

    private TidyRules(SourceFile file) {
        this.file = file;
        this.parts = JavaText.of(file.text());
    }

    /** What is wrong with a file, one line each, with path and line number. */
    static List<String> faults(SourceFile file) {
        TidyRules rules = new TidyRules(file);
        rules.sizes();
        rules.declarations();
        rules.everywhere();
        if (file.sourceSet().equals("main")) {
            rules.mainOnly();
        } else {
            rules.testsOnly();
        }
        return rules.faults;
    }

    /** Packages without a {@code package-info} that is {@code @NullMarked}, over all source sets of a module. */
    static List<String> unmarkedPackages(List<SourceFile> files) {
        Set<String> all = new TreeSet<>();
        Set<String> marked = new TreeSet<>();
        for (SourceFile file : files) {
            String name = file.module() + ": " + file.packageName();
            all.add(name);
            if (file.typeName().equals("package-info")
                    && JavaText.of(file.text()).code().contains("@NullMarked")) {
                marked.add(name);
            }
        }
        all.removeAll(marked);
        return List.copyOf(all);
    }

    private void sizes() {
        List<String> lines = file.text().lines().toList();
        if (lines.size() > FILE_LINES_MAX) {
            fault(lines.size(), "a file has at most " + FILE_LINES_MAX + " lines");
        }
        longLines(parts.code());
        longLines(parts.comments());
    }

    /** What stands in a text block is data and may be as wide as it is. */
    private void longLines(String text) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).stripTrailing().length() > LINE_LENGTH_MAX) {
                fault(i + 1, "a line has at most " + LINE_LENGTH_MAX + " characters");
            }
        }
    }

    private void declarations() {
        JavaOutline outline = JavaOutline.of(file);
        List<String> expected = file.typeName().endsWith("-info") ? List.of() : List.of(file.typeName());
        if (!outline.topLevel().equals(expected)) {
            fault(1, "a file has one top-level type of its name, not " + outline.topLevel());
        }
        outline.types().stream()
                .filter(TidyRules::isBanned)
                .forEach(type -> fault(1, "a name says what a type does: " + type));
        outline.methods().stream()
                .filter(method -> method.lines() > METHOD_LINES_MAX)
                .forEach(method ->
                        fault(method.line(), "a method has at most " + METHOD_LINES_MAX + " lines: " + method.name()));
    }

    private static boolean isBanned(String typeName) {
        return Arrays.stream(typeName.split("(?<=[a-z0-9])(?=[A-Z])")).anyMatch(BANNED_WORDS::contains);
    }

    private void everywhere() {
        forbid(UNFINISHED, parts.comments(), "what is on main is finished");
        forbid(UNFINISHED, parts.code(), "what is on main is finished");
        List<String> comments = parts.comments().lines().toList();
        each(
                SUPPRESSION,
                parts.code(),
                match -> {
                    int line = lineOf(match.start());
                    boolean explained = comments.subList(Math.max(0, line - 2), line).stream()
                            .anyMatch(comment -> comment.strip().startsWith("//"));
                    return !explained;
                },
                "a suppression has a // comment beside or above it that says why");
    }

    private void mainOnly() {
        if (!file.packageName().equals("dev.kalends.time")) {
            forbid(CLOCK, parts.code(), "only package time asks the system's clocks");
        }
        if (!file.module().equals("node")) {
            each(
                    IMPORT,
                    parts.code(),
                    match -> !Layers.allowsOutside(file.module(), file.packageName(), match.group(1)),
                    "this module may not import that package");
        }
    }

    private void testsOnly() {
        forbid(SLEEP, parts.code(), "a test waits for something, it does not sleep");
        forbid(UNSEEDED, parts.code(), "chance in a test has a seed");
    }

    private void forbid(Pattern pattern, String text, String rule) {
        each(pattern, text, _ -> true, rule);
    }

    private void each(Pattern pattern, String text, Predicate<Matcher> bad, String rule) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            if (bad.test(matcher)) {
                fault(lineOf(matcher.start()), rule + ": " + matcher.group());
            }
        }
    }

    private int lineOf(int position) {
        return 1
                + (int) file.text()
                        .substring(0, position)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    private void fault(long line, String what) {
        faults.add(file + ":" + line + " " + what);
    }
}
