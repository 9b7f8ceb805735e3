package dev.kalends.tui.main;

import dev.kalends.tui.model.Manner;
import dev.kalends.tui.model.Model;
import dev.kalends.tui.model.Now;
import dev.kalends.tui.model.Size;
import dev.kalends.tui.model.View;
import dev.kalends.tui.terminal.PaintRehearsal;
import dev.kalends.tui.update.Msg;
import dev.kalends.tui.update.Update;
import dev.kalends.tui.view.Grid;
import dev.kalends.tui.view.Screens;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Goes through the console's views without a terminal and without a node, for the build to train the JVM's cache. */
public final class Rehearsal {
    private static final Size SIZE = new Size(120, 36);

    private Rehearsal() {}

    /** Draws every view that a digit reaches, and the help. */
    public static void run() throws IOException {
        Manner manner = new Manner(false, false, true, ZoneOffset.UTC, Optional.empty());
        Model model = Model.start(new Now(0, 0), SIZE, manner, "node");
        List<Grid> grids = new ArrayList<>();
        for (int digit = 1; digit <= View.DIGITS; digit++) {
            model = Update.step(model, new Msg.Key(Integer.toString(digit))).model();
            grids.add(Screens.draw(model));
        }
        grids.add(Screens.draw(Update.step(model, new Msg.Key("?")).model()));
        PaintRehearsal.paint(grids);
    }
}
