package dev.kalends.tui.terminal;

import dev.kalends.tui.view.Grid;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Paints to nowhere: the build trains the JVM's cache with it, so that the first frame need not load its classes. */
public final class PaintRehearsal {
    private PaintRehearsal() {}

    /** Paints grids of one size, one after the other. */
    public static void paint(List<Grid> grids) throws IOException {
        Painter painter = new Painter(
                new FrameBuffer(OutputStream.nullOutputStream()),
                grids.getFirst().size(),
                Console.Colours.SIXTEEN);
        for (Grid grid : grids) {
            painter.paint(grid);
        }
    }
}
