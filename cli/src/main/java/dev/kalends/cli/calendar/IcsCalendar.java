package dev.kalends.cli.calendar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The whole-day events of an iCalendar file (RFC 5545), as days that a schedule may leave out.
 *
 * <p>Reads what calendars of holidays are made of and nothing more; a library for all of the format would cost more
 * time than the rest of the command. What is not understood is named, never guessed.
 *
 * @param days texts of days such as {@code 2026-12-25} or, of every year, {@code 12-25}
 * @param leftOut a line for each event that cannot be kept: its name and why
 */
record IcsCalendar(List<String> days, List<String> leftOut) {
    /** A calendar of a hundred years of holidays has some 300 KiB. */
    static final int BYTES_MAX = 1024 * 1024;

    /**
     * Reads a calendar.
     *
     * @throws IcsFormatException if it is none, is not UTF-8, or is larger than 1 MiB
     */
    static IcsCalendar read(InputStream in) throws IOException, IcsFormatException {
        byte[] bytes = in.readNBytes(BYTES_MAX + 1);
        if (bytes.length > BYTES_MAX) {
            throw new IcsFormatException("the calendar is too large; limit=" + BYTES_MAX);
        }
        List<IcsLine> lines = lines(bytes);
        if (lines.isEmpty() || !lines.getFirst().is("BEGIN", "VCALENDAR")) {
            throw new IcsFormatException("the file does not begin with BEGIN:VCALENDAR;");
        }
        return read(lines);
    }

    private static IcsCalendar read(List<IcsLine> lines) throws IcsFormatException {
        List<String> days = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        Deque<String> open = new ArrayDeque<>();
        IcsEvent event = new IcsEvent();
        for (IcsLine line : lines) {
            if (line.name().equals("BEGIN")) {
                open.push(line.upperValue());
                event = line.is("BEGIN", "VEVENT") ? new IcsEvent() : event;
            } else if (line.name().equals("END")) {
                if (open.isEmpty() || !open.pop().equals(line.upperValue())) {
                    throw new IcsFormatException(
                            "the calendar does not hold together; unexpected=END:" + line.upperValue());
                }
                if (line.is("END", "VEVENT")) {
                    Optional<String> reason = event.addTo(days);
                    IcsEvent ended = event;
                    reason.ifPresent(why -> leftOut.add("left out \"" + ended.summary() + "\": " + why));
                }
            } else if ("VEVENT".equals(open.peek())) {
                // An alarm inside an event has a DURATION of its own.
                event.take(line);
            }
        }
        if (!open.isEmpty()) {
            throw new IcsFormatException("the calendar ends in the middle; missing=END:" + open.peek());
        }
        return new IcsCalendar(List.copyOf(days), List.copyOf(leftOut));
    }

    /** The lines, with those that begin with a blank put back on the end of the one before. */
    private static List<IcsLine> lines(byte[] bytes) throws IcsFormatException {
        List<IcsLine> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String piece : (text(bytes) + "\n").split("\r?\n", -1)) {
            if (piece.startsWith(" ") || piece.startsWith("\t")) {
                line.append(piece, 1, piece.length());
                continue;
            }
            if (!line.isEmpty()) {
                lines.add(IcsLine.parse(line.toString()));
            }
            line = new StringBuilder(piece);
        }
        return lines;
    }

    private static String text(byte[] bytes) throws IcsFormatException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new IcsFormatException("the calendar is no UTF-8 text;");
        }
    }
}
