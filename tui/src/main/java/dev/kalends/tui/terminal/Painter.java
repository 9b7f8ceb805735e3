package dev.kalends.tui.terminal;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.screen.Screen;
import com.googlecode.lanterna.screen.TerminalScreen;
import dev.kalends.tui.model.Size;
import dev.kalends.tui.view.Cell;
import dev.kalends.tui.view.Grid;
import dev.kalends.tui.view.Ink;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings grids onto a terminal: only what has changed, in one write. Belongs to the thread that draws. */
final class Painter {
    private static final int CHARACTERS_MAX = 20_000;

    private final GlyphTable glyphs = new GlyphTable();
    private final Map<Cell, TextCharacter> characterByCell = new HashMap<>();
    private final FrameTerminal terminal;
    private final TerminalScreen screen;
    private final Console.Colours colours;
    private @Nullable Grid shown;

    Painter(OutputStream out, Size size, Console.Colours colours) throws IOException {
        this.terminal = new FrameTerminal(out, glyphs, of(size));
        this.screen = new TerminalScreen(terminal);
        this.colours = colours;
        screen.setCursorPosition(null);
        screen.startScreen();
    }

    private static TerminalSize of(Size size) {
        return new TerminalSize(size.columns(), size.rows());
    }

    /** The next grid is drawn whole. */
    void forget() {
        shown = null;
    }

    /** Draws a grid. */
    void paint(Grid grid) throws IOException {
        Grid before = shown;
        boolean whole = before == null || !before.size().equals(grid.size());
        if (whole) {
            terminal.resize(of(grid.size()));
            terminal.getTerminalSize();
            screen.doResizeIfNecessary();
        }
        int changed = 0;
        for (int y = 0; y < grid.size().rows(); y++) {
            for (int x = 0; x < grid.size().columns(); x++) {
                Cell cell = grid.at(x, y);
                boolean changes = whole || before == null || !cell.equals(before.at(x, y));
                // The right half of a wide glyph comes with its left one; to write there would break it.
                if (changes && cell.columns() > 0) {
                    Optional<TextCharacter> character = character(cell);
                    if (character.isEmpty()) {
                        startOver(grid);
                        return;
                    }
                    screen.setCharacter(x, y, character.get());
                    changed++;
                }
            }
        }
        if (changed > 0) {
            screen.refresh(whole ? Screen.RefreshType.COMPLETE : Screen.RefreshType.DELTA);
        }
        shown = grid;
    }

    /** The table of glyphs is full: what it stood for is drawn anew. */
    private void startOver(Grid grid) throws IOException {
        glyphs.clear();
        characterByCell.clear();
        forget();
        paint(grid);
    }

    private Optional<TextCharacter> character(Cell cell) {
        TextCharacter known = characterByCell.get(cell);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<String> standIn = glyphs.standIn(cell.text(), cell.columns());
        if (standIn.isEmpty()) {
            return Optional.empty();
        }
        List<SGR> modifiers = new ArrayList<>();
        if (cell.style().bold()) {
            modifiers.add(SGR.BOLD);
        }
        if (cell.style().reverse()) {
            modifiers.add(SGR.REVERSE);
        }
        TextCharacter character = TextCharacter.fromString(
                standIn.get(), colour(cell.style().ink()), TextColor.ANSI.DEFAULT, modifiers.toArray(SGR[]::new))[0];
        if (characterByCell.size() >= CHARACTERS_MAX) {
            characterByCell.clear();
        }
        characterByCell.put(cell, character);
        return Optional.of(character);
    }

    private TextColor colour(Ink ink) {
        if (colours == Console.Colours.NONE) {
            return TextColor.ANSI.DEFAULT;
        }
        return switch (ink) {
            case PLAIN -> TextColor.ANSI.DEFAULT;
            case DIM -> TextColor.ANSI.BLACK_BRIGHT;
            case BLUE -> TextColor.ANSI.BLUE_BRIGHT;
            case ORANGE -> TextColor.ANSI.YELLOW;
            case CYAN -> TextColor.ANSI.CYAN;
        };
    }
}
