package dev.kalends.cli.manual;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;

/** Another page: its name and section, in the order in which pages are referred to. */
record Reference(String name, String section) implements Comparable<Reference> {
    private static final Comparator<Reference> ORDER =
            Comparator.comparing(Reference::section).thenComparing(Reference::name);

    /** Of a line such as {@code kalends-schedules 7}. */
    static Reference of(String line) {
        String[] parts = line.strip().split(" ", 2);
        return new Reference(parts[0], parts[1]);
    }

    /** The section that refers to pages. */
    static List<String> seeAlso(SortedSet<Reference> references) {
        List<String> lines = new ArrayList<>();
        lines.add(".Sh SEE ALSO");
        for (Reference reference : references) {
            String comma = reference.equals(references.last()) ? "" : " ,";
            lines.add(".Xr " + reference.name() + " " + reference.section() + comma);
        }
        return lines;
    }

    @Override
    public int compareTo(Reference other) {
        return ORDER.compare(this, other);
    }
}
