package dev.kalends.tui.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.DeadGroup;
import dev.kalends.api.DeadPage;
import dev.kalends.api.NodeView;
import dev.kalends.tui.model.Data;
import dev.kalends.tui.model.Model;
import dev.kalends.tui.model.Notice;
import dev.kalends.tui.model.Overlay;
import dev.kalends.tui.model.Place;
import dev.kalends.tui.model.Reading;
import dev.kalends.tui.model.Size;
import dev.kalends.tui.model.View;
import dev.kalends.tui.testing.Samples;
import dev.kalends.tui.text.TextWidth;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a job is called, writes or dies of: it draws itself and nothing else, and nothing around it moves. */
final class HostileTextTest {
    private static final String LONG = "x".repeat(10_000);

    private static Model with(String text, View view, Size size) {
        Place place =
                view == View.RUN ? Place.of(view, "run", text) : Place.of(view).withFilter("");
        Model model = Samples.at(place, size, Samples.manner());
        Data data = model.data();
        DeadGroup group =
                new DeadGroup("f", 3, text, List.of(text), "2026-03-08T13:00:00Z", "2026-03-08T13:00:00Z", null);
        NodeView node = new NodeView(text, text, text, 1, text, text, List.of(), 0L, 0L, null, null, List.of(), null);
        for (Reading reading : List.of(
                new Reading.Dead(new DeadPage("", List.of(group), List.of(), null)),
                new Reading.Nodes(List.of(node)),
                new Reading.Run(
                        "",
                        new Data.RunDetail(
                                model.data().run().value().orElseThrow().run(), text + "\n" + text, false)))) {
            data = reading.into(data, model.data().stats().atMs());
        }
        return model.withData(data).saying(text, Notice.Kind.FAILED);
    }

    /** Every row is as wide as the screen, and a wide glyph has its two places. */
    private static void assertWhole(Grid grid) {
        for (int y = 0; y < grid.size().rows(); y++) {
            int columns = 0;
            for (int x = 0; x < grid.size().columns(); x++) {
                Cell cell = grid.at(x, y);
                columns += cell.columns();
                assertEquals(cell.columns(), TextWidth.of(cell.text()), "row " + y + " column " + x + " " + cell);
                if (cell.columns() == 2) {
                    assertEquals(0, grid.at(x + 1, y).columns(), "the right half of " + cell);
                }
                cell.text().codePoints().forEach(c -> assertTrue(isHarmless(c), "U+" + Integer.toHexString(c)));
            }
            assertEquals(grid.size().columns(), columns, "row " + y);
        }
    }

    private static boolean isHarmless(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.PRIVATE_USE
                && type != Character.UNASSIGNED;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[2J\u001b[31mred",
                "\u001b]52;c;aGVsbG8=\u0007",
                "\u009b2J\u0085\u0000\u0007\b\r\n\t",
                "abc\u202edef\u2066ghi\u200f",
                "日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本",
                "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
                "\u0301starts with a mark",
                "👩\u200d👩\u200d👧 family 🇩🇪 flag",
                "\ud800 half a pair \udc00",
                "\ue000 private \udb80\udc00",
                "\ufeff\u00ad\u2028\u2029\u3164"
            })
    void drawsNothingButItself(String text) {
        for (View view : List.of(View.OVERVIEW, View.DEAD, View.NODES, View.RUN)) {
            for (Size size : List.of(Samples.LARGE, Samples.SMALL)) {
                assertWhole(Screens.draw(with(text, view, size)));
                assertWhole(Screens.draw(with(text.repeat(40), view, size)));
            }
        }
    }

    @Test
    void longTextIsCut() {
        for (View view : List.of(View.DEAD, View.NODES, View.RUN)) {
            Grid grid = Screens.draw(with(LONG, view, Samples.SMALL));
            assertWhole(grid);
            assertTrue(String.join("\n", grid.lines()).contains("x…"), "it says that there is more");
        }
    }

    @Test
    void framesStayWhereTheyAre() {
        List<String> plain =
                Screens.draw(with("plain", View.DEAD, Samples.LARGE)).lines();
        List<String> wide =
                Screens.draw(with("報告".repeat(50), View.DEAD, Samples.LARGE)).lines();
        assertEquals(TextWidth.of(plain.get(4)), TextWidth.of(wide.get(4)));
        assertTrue(wide.get(4).endsWith("│"), wide.get(4));
    }

    @Test
    void whatIsTypedAndAskedIsHarmlessToo() {
        Model model = Samples.at(View.DEAD, Samples.SMALL);
        assertWhole(Screens.draw(model.withOverlay(new Overlay.Filter("\u001b[2J" + LONG, ""))));
        assertWhole(Screens.draw(model.withOverlay(new Overlay.CommandLine("\u202e\u001b" + LONG))));
        Grid grid = Screens.draw(model.withPlace(model.place().withFilter("\u001b]0;evil\u0007")));
        assertFalse(String.join("", grid.lines()).contains("\u001b"));
        assertWhole(grid);
    }

    @Test
    void asciiIsAscii() {
        Manners.assertAscii(Screens.draw(with("日本 é\u0301 👩 \u001b", View.DEAD, Samples.SMALL)));
    }

    /** A terminal that has nothing but ASCII. */
    private static final class Manners {
        static void assertAscii(Grid grid) {
            grid.toAscii();
            String all = String.join("", grid.lines());
            assertTrue(all.chars().allMatch(c -> c >= ' ' && c < 0x7f), all);
            assertWhole(grid);
        }
    }
}
