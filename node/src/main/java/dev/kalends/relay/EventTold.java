package dev.kalends.relay;

import dev.kalends.journal.Change;
import dev.kalends.journal.Codec;
import dev.kalends.journal.FieldReader;
import dev.kalends.journal.FieldWriter;
import dev.kalends.runtime.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a node that holds a partition tells of it to one that does not and whose clients listen, with its binary form;
 * {@code relay.proto} lists the fields. Only changes are told.
 *
 * @param next the cursor to go on from, at the same node
 * @param gap whether that node did not keep all from the cursor on that was asked for
 */
public record EventTold(int partition, List<Event> events, long next, boolean gap) {
    private static final String EVENTS = "list of events";

    public EventTold {
        events = List.copyOf(events);
    }

    /** Its bytes. */
    public byte[] encode() {
        FieldWriter out = new FieldWriter();
        out.number(1, next);
        if (gap) {
            out.mark(2);
        }
        for (Event event : events) {
            if (event.what() instanceof Event.What.Changed changed) {
                FieldWriter told = new FieldWriter();
                told.number(1, event.atMs());
                told.message(2, Codec.encode(changed.change()));
                out.message(3, told);
            }
        }
        out.number(4, partition);
        return Message.bounded(out, ReadAnswer.ANSWER_BYTES_MAX, EVENTS);
    }

    /** Reads it; throws {@link dev.kalends.api.ApiException} as {@link CommandCodec} does. */
    public static EventTold decode(byte[] bytes) {
        return Message.read(bytes, ReadAnswer.ANSWER_BYTES_MAX, EVENTS, EventTold::read);
    }

    private record Told(long atMs, Change change) {}

    private static EventTold read(FieldReader in) {
        int partition = 0;
        long next = 0;
        boolean gap = false;
        List<Told> told = new ArrayList<>();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> next = in.number();
                case 2 -> gap = in.mark();
                case 3 -> told.add(readTold(in.message()));
                case 4 -> partition = in.small();
                default -> in.skip();
            }
        }
        int where = partition;
        return new EventTold(
                where,
                told.stream()
                        .map(one -> new Event(one.atMs(), where, new Event.What.Changed(one.change())))
                        .toList(),
                next,
                gap);
    }

    private static Told readTold(FieldReader in) {
        long atMs = 0;
        Optional<Change> change = Optional.empty();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> atMs = in.number();
                case 2 -> change = Optional.of(Codec.decodeChange(in.bytes()));
                default -> in.skip();
            }
        }
        return new Told(atMs, change.orElseThrow(() -> FieldReader.damaged("an event says nothing; fields=0")));
    }
}
