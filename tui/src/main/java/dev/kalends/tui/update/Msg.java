package dev.kalends.tui.update;

import dev.kalends.api.DeadAnswer;
import dev.kalends.tui.model.Link;
import dev.kalends.tui.model.Now;
import dev.kalends.tui.model.Order;
import dev.kalends.tui.model.Reading;
import dev.kalends.tui.model.Size;

/** Something that happened. */
public sealed interface Msg {
    /**
     * A key: a character, or a name such as {@code Enter}, {@code Esc}, {@code Up}, {@code PgDn}, {@code Ctrl-C}.
     */
    record Key(String name) implements Msg {}

    /** Time went on. */
    record Tick(Now now) implements Msg {}

    /** The terminal has another size. */
    record Resized(Size size) implements Msg {}

    /** Something was read, at a time on the monotonic clock. */
    record Got(Reading reading, long atMs) implements Msg {}

    /** How the console stands with its node. */
    record LinkChanged(Link link) implements Msg {}

    /** The node said how many dead letters an order would change. */
    record Counted(Order order, DeadAnswer answer) implements Msg {}

    /** An order was carried out. */
    record Done(String what) implements Msg {}

    /** Something could not be read; it is tried again after a while. */
    record Unread(String why) implements Msg {}

    /** An order, or a question about one, was refused. */
    record Refused(String why) implements Msg {}
}
