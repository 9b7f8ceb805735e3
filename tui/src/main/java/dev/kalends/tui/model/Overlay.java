package dev.kalends.tui.model;

import java.util.List;

/** What lies over the screen and takes the keys. */
public sealed interface Overlay {
    /** Nothing. */
    record None() implements Overlay {}

    /** The keys. */
    record Help(int page) implements Overlay {}

    /** What narrows the list, as it is typed; {@code before} comes back with Esc. */
    record Filter(String text, String before) implements Overlay {}

    /** A command, as it is typed. */
    record CommandLine(String text) implements Overlay {}

    /** The node is asked how much an order would change. */
    record Counting(Order order) implements Overlay {}

    /**
     * An order that waits for a yes.
     *
     * @param lines what it will do
     * @param wanted what must be typed: a count where it is severe, else {@code y}
     */
    record Confirm(Order order, String title, List<String> lines, String wanted, String typed) implements Overlay {}
}
