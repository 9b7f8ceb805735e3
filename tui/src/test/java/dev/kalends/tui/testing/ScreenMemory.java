package dev.kalends.tui.testing;

import dev.kalends.tui.text.TextWidth;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A terminal in memory: knows the few sequences that the console writes, and fails at any other. */
public final class ScreenMemory {
    private final String[][] cells;
    private int x;
    private int y;

    public ScreenMemory(int columns, int rows) {
        cells = new String[rows][columns];
        clear();
    }

    private void clear() {
        for (String[] row : cells) {
            Arrays.fill(row, " ");
        }
    }

    /** Takes what was written. */
    public ScreenMemory write(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (c == 0x1b) {
                at = sequence(text, at);
            } else {
                if (c < ' ') {
                    throw new AssertionError("a control character; code=" + c);
                }
                put(new String(Character.toChars(c)));
                at += Character.charCount(c);
            }
        }
        return this;
    }

    private void put(String character) {
        int columns = TextWidth.of(character);
        if (columns == 0) {
            int back = cells[y][x - 1].isEmpty() ? 2 : 1;
            cells[y][x - back] += character;
            return;
        }
        if (cells[y][x].isEmpty()) {
            cells[y][x - 1] = " ";
        }
        // What is left of a wide character whose left half is written over goes, as on any terminal.
        int after = x + columns;
        if (after < cells[y].length && cells[y][after].isEmpty()) {
            cells[y][after] = " ";
        }
        cells[y][x] = character;
        if (columns == 2) {
            cells[y][x + 1] = "";
        }
        x += columns;
    }

    private int sequence(String text, int at) {
        int end = at + 2;
        while (text.charAt(end) < '@') {
            end++;
        }
        String parameters = text.substring(at + 2, end);
        switch (text.charAt(end)) {
            case 'H' -> {
                String[] place = parameters.split(";", -1);
                y = Integer.parseInt(place[0]) - 1;
                x = Integer.parseInt(place[1]) - 1;
            }
            case 'J' -> clear();
            case 'm', 'h', 'l' -> {}
            default -> throw new AssertionError("an unknown sequence; text=" + text.substring(at + 1, end + 1));
        }
        return end + 1;
    }

    /** What it shows. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (String[] row : cells) {
            lines.add(String.join("", row).stripTrailing());
        }
        return lines;
    }
}
