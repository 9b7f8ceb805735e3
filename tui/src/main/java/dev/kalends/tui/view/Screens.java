package dev.kalends.tui.view;

import dev.kalends.tui.list.Listings;
import dev.kalends.tui.model.Model;
import dev.kalends.tui.model.Overlay;
import dev.kalends.tui.model.Size;
import dev.kalends.tui.view.TablePane.Focus;

/** From a model to the cells of its screen. A pure function: the same of the same. */
public final class Screens {
    private Screens() {}

    /** The screen of a model. */
    public static Grid draw(Model model) {
        Grid grid = new Grid(model.size());
        Area all = new Area(0, 0, model.size().columns(), model.size().rows());
        if (model.size().isTooSmall()) {
            String wanted = "kalends top needs " + Size.COLUMNS_MIN + "x" + Size.ROWS_MIN;
            grid.put(all.middle(wanted.length(), 1), wanted, Style.BOLD);
            grid.put(all.bottom(1), "q quits", Style.DIM);
            return ascii(grid, model);
        }
        Area body = all.below(2).top(all.rows() - 3);
        body(grid, body, model);
        boolean stale = model.data().stats().wasRead() && !model.link().isLive(model.now());
        if (stale) {
            grid.dim(body);
        }
        HeadPane.draw(grid, all.top(2), model);
        FootPane.draw(grid, all.bottom(1), model);
        if (!(model.overlay() instanceof Overlay.None)) {
            OverlayPane.draw(grid, body, model);
        }
        return ascii(grid, model);
    }

    private static Grid ascii(Grid grid, Model model) {
        if (model.manner().ascii()) {
            grid.toAscii();
        }
        return grid;
    }

    private static void body(Grid grid, Area body, Model model) {
        switch (model.place().view()) {
            case OVERVIEW -> OverviewPane.draw(grid, body, model);
            case JOBS, RUNS, TENANTS -> list(grid, body, model, 0);
            case LEASES -> LeasesPane.draw(grid, body, model);
            case DEAD -> DeadPane.draw(grid, body, model);
            case NODES -> {
                int half = body.rows() / 2;
                list(grid, body.top(half), model, 0);
                list(grid, body.below(half), model, 1);
            }
            case JOB -> JobPane.draw(grid, body, model);
            case RUN -> RunPane.draw(grid, body, model);
        }
    }

    /** One list of a view. */
    static void list(Grid grid, Area area, Model model, int panel) {
        Focus focus = model.place().panel() == panel ? Focus.HERE : Focus.ELSEWHERE;
        TablePane.draw(
                grid, area, Listings.of(model, panel), model.place().cursors().get(panel), focus);
    }
}
