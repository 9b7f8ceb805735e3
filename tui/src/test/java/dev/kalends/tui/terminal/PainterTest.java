package dev.kalends.tui.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.tui.model.Model;
import dev.kalends.tui.model.Place;
import dev.kalends.tui.model.Size;
import dev.kalends.tui.model.View;
import dev.kalends.tui.testing.Samples;
import dev.kalends.tui.testing.ScreenMemory;
import dev.kalends.tui.view.Grid;
import dev.kalends.tui.view.Screens;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What arrives at the terminal is the grid, in one write a frame and no more of it than has changed. */
final class PainterTest {
    private static final Size SIZE = Samples.LARGE;

    private final List<byte[]> writes = new ArrayList<>();
    private final ScreenMemory screen = new ScreenMemory(SIZE.columns(), SIZE.rows());
    private final Painter painter;

    PainterTest() throws IOException {
        painter = new Painter(new FrameBuffer(new Recorder()), SIZE, Console.Colours.SIXTEEN);
    }

    private final class Recorder extends OutputStream {
        @Override
        public void write(int b) {
            throw new AssertionError("one byte by itself");
        }

        @Override
        public void write(byte[] bytes) {
            writes.add(bytes);
            screen.write(bytes);
        }
    }

    private static Grid named(String name) {
        Model model = Samples.at(View.JOBS, SIZE);
        return Screens.draw(model.withPlaces(List.of(Place.of(View.JOBS), Place.of(View.JOB, "7m2r3tx01k9qf", name))));
    }

    private void assertShown(Grid grid) {
        assertEquals(String.join("\n", grid.lines()), String.join("\n", screen.lines()));
    }

    @Test
    void everyViewArrivesAsItIsWhateverWasThereBefore() throws IOException {
        painter.paint(Screens.draw(Samples.at(View.OVERVIEW, SIZE)));
        for (View view : View.values()) {
            Grid grid = Screens.draw(Samples.at(view, SIZE));
            painter.paint(grid);
            assertShown(grid);
        }
    }

    @Test
    void wideAndMarkedGlyphsComeAndGoWithoutATrace() throws IOException {
        for (String name : List.of(
                "plain name here",
                "報告報告報告",
                "x報告y",
                "e\u0301a\u0308q\u0323 marks",
                "👩 emoji ⌚ watch",
                "plain again")) {
            Grid grid = named(name);
            painter.paint(grid);
            assertShown(grid);
        }
    }

    @Test
    void aFrameIsOneWriteBetweenItsMarks() throws IOException {
        writes.clear();
        painter.paint(named("a"));
        painter.paint(named("b"));
        assertEquals(2, writes.size());
        for (byte[] write : writes) {
            String text = new String(write, StandardCharsets.UTF_8);
            assertTrue(text.startsWith("\u001b[?2026h") && text.endsWith("\u001b[?2026l"), text);
        }
        assertTrue(writes.get(1).length < 120, "one letter changed; bytes=" + writes.get(1).length);
    }

    @Test
    void nothingChangedIsNothingWritten() throws IOException {
        painter.paint(named("a"));
        writes.clear();
        painter.paint(named("a"));
        assertEquals(List.of(), writes);
    }

    @Test
    void moreGlyphsThanTheTableHoldsAreDrawnAll() throws IOException {
        int first = 0x3400;
        for (int i = 0; i < 700; i++) {
            StringBuilder name = new StringBuilder();
            for (int k = 0; k < 20; k++) {
                name.appendCodePoint('a' + k % 26)
                        .appendCodePoint(0x300 + (i * 20 + k) % 80)
                        .appendCodePoint(first + i * 20 % 6000 + k);
            }
            painter.paint(named(name.toString()));
        }
        Grid last = named("the end");
        painter.paint(last);
        assertShown(last);
    }

    @Test
    void withoutColoursThereAreNone() throws IOException {
        List<String> written = new ArrayList<>();
        OutputStream out = new OutputStream() {
            @Override
            public void write(int b) {
                throw new AssertionError("one byte by itself");
            }

            @Override
            public void write(byte[] bytes) {
                written.add(new String(bytes, StandardCharsets.UTF_8));
            }
        };
        new Painter(new FrameBuffer(out), SIZE, Console.Colours.NONE)
                .paint(Screens.draw(Samples.at(View.OVERVIEW, SIZE)));
        assertFalse(String.join("", written).matches("(?s).*\u001b\\[(3[0-7]|9[0-7])m.*"));
    }
}
