package dev.kalends.cli.complete;

import java.util.List;

/** Who knows the names of what there is. An implementation is quick and answers nothing rather than failing. */
@FunctionalInterface
public interface NameSource {
    /** Names of a kind that begin with a text. */
    List<Candidate> find(ValueKind kind, String prefix);
}
