package dev.kalends.tui.terminal;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.terminal.ansi.ANSITerminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Lanterna's terminal over a frame buffer: it only writes. Its size is told to it, it asks nobody; keys are read by
 * {@link KeyReader}; entering and leaving is the business of {@link Console}, which must be able to at any moment.
 */
final class FrameTerminal extends ANSITerminal {
    private final GlyphTable glyphs;
    private volatile TerminalSize size;

    FrameTerminal(OutputStream out, GlyphTable glyphs, TerminalSize size) {
        super(InputStream.nullInputStream(), out, StandardCharsets.UTF_8);
        this.glyphs = glyphs;
        this.size = size;
    }

    void resize(TerminalSize newSize) {
        size = newSize;
    }

    @Override
    protected TerminalSize findTerminalSize() {
        return size;
    }

    @Override
    public void putString(String standIn) throws IOException {
        writeToTerminal(glyphs.glyph(standIn).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void enterPrivateMode() {
        // The console has done it.
    }

    @Override
    public void exitPrivateMode() {
        // The console does it.
    }
}
