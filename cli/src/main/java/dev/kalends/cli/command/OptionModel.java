package dev.kalends.cli.command;

import java.util.List;

/**
 * An option as it is declared, for whoever tells about it: help, manual pages, completion.
 *
 * @param names short before long, such as {@code -l} and {@code --label}
 * @param values how many words follow it: 0, 1 or 2
 * @param label what the value is called; empty without a value
 * @param repeated whether it may be given several times
 * @param choices the words that its value may be; empty: not a closed list
 */
public record OptionModel(
        List<String> names, int values, String label, String description, boolean repeated, List<String> choices) {
    public OptionModel {
        names = List.copyOf(names);
        choices = List.copyOf(choices);
    }

    /** The longest name, such as {@code --label}. */
    public String longName() {
        return names.getLast();
    }
}
