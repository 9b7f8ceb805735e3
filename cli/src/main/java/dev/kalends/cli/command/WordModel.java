package dev.kalends.cli.command;

import java.util.List;

/**
 * What may stand in a command line without an option.
 *
 * @param label what it is called, such as {@code JOB|RUN}
 * @param most how often it may stand there, {@link Integer#MAX_VALUE} without a bound
 * @param choices what the first such word may be; empty: not a closed list
 */
public record WordModel(String label, int most, String description, List<String> choices) {
    public WordModel {
        choices = List.copyOf(choices);
    }
}
