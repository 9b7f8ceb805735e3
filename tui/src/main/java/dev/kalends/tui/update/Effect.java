package dev.kalends.tui.update;

import dev.kalends.tui.model.Interest;
import dev.kalends.tui.model.Order;

/** Something to be done outside of the model. */
public sealed interface Effect {
    /** End. */
    record Quit() implements Effect {}

    /** Give the terminal back and stop until the shell says go on. */
    record Suspend() implements Effect {}

    /** Draw every cell again. */
    record Redraw() implements Effect {}

    /** Read other things from now on. */
    record Watch(Interest interest) implements Effect {}

    /** Read all again, now. */
    record Refresh() implements Effect {}

    /** Ask how many dead letters an order would change. */
    record Count(Order order) implements Effect {}

    /** Carry an order out. */
    record Perform(Order order) implements Effect {}

    /** Put a text into the clipboard of the person's terminal. */
    record Copy(String text) implements Effect {}
}
