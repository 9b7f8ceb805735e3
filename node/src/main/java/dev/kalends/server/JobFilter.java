package dev.kalends.server;

import dev.kalends.journal.StoreReader.JobRow;
import java.util.List;

/**
 * Which jobs are meant, by name and labels.
 *
 * @param glob a pattern of names; {@code *} = all, those without a name included
 * @param labels {@code KEY=VALUE} each; all must match
 */
record JobFilter(String glob, List<String> labels) {
    private static final String ALL = "*";

    JobFilter {
        labels = List.copyOf(labels);
        labels.forEach(JobFilter::checkLabel);
    }

    /** As the parameters {@code name} and {@code label} say. */
    static JobFilter of(Query query) {
        return new JobFilter(query.one("name").orElse(ALL), query.all("label"));
    }

    /** Whether every job matches. */
    boolean isEverything() {
        return glob.equals(ALL) && labels.isEmpty();
    }

    boolean matches(JobRow row) {
        boolean named = glob.equals(ALL)
                || row.spec()
                        .name()
                        .name()
                        .filter(name -> Globs.matches(glob, name))
                        .isPresent();
        return named && labels.stream().allMatch(label -> hasLabel(row, label));
    }

    private static boolean hasLabel(JobRow row, String label) {
        int equals = label.indexOf('=');
        return label.substring(equals + 1).equals(row.spec().labels().get(label.substring(0, equals)));
    }

    private static void checkLabel(String text) {
        if (text.indexOf('=') < 1) {
            throw Field.invalid("a label is KEY=VALUE; label=" + Texts.excerpt(text));
        }
    }
}
