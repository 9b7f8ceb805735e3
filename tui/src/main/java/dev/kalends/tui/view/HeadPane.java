package dev.kalends.tui.view;

import dev.kalends.api.NodeView;
import dev.kalends.api.PartitionView;
import dev.kalends.api.StatsView;
import dev.kalends.tui.model.Link;
import dev.kalends.tui.model.Model;
import dev.kalends.tui.model.Now;
import dev.kalends.tui.model.Place;
import dev.kalends.tui.model.View;
import dev.kalends.tui.text.Figures;
import dev.kalends.tui.text.Spans;
import java.util.ArrayList;
import java.util.List;

/** The two lines at the top: whether the picture is true, and where one is. */
final class HeadPane {
    /** Narrower screens have no room for the views' names beside the way back. */
    private static final int WIDE_COLUMNS = 110;

    private HeadPane() {}

    static void draw(Grid grid, Area area, Model model) {
        String zone = model.manner().zone().getId().equals("Z") ? "Z" : "";
        String clock = Spans.clock(model.now().wallMs(), model.manner().zone()) + zone;
        Area line = area.row(0).rightOf(1);
        String state = state(model);
        int right = clock.length() + 2 + state.length() + 1;
        int used = grid.put(line, "KALENDS", Style.BOLD);
        Area facts = line.left(line.columns() - right - 2).rightOf(used + 2);
        grid.put(facts, facts(model, facts.columns()), Style.PLAIN);
        Area end = line.rightOf(line.columns() - right);
        grid.put(end, clock, Style.PLAIN);
        grid.put(end.rightOf(clock.length() + 2), state, stateStyle(model));
        tabs(grid, area.row(1), model);
    }

    /** As many facts as there is room for, the first ones first. */
    private static String facts(Model model, int room) {
        StatsView stats = model.data().stats().value().orElse(null);
        List<String> facts = new ArrayList<>();
        facts.add(model.link().node());
        if (stats != null) {
            facts.add("runs " + Figures.count(stats.runs().getOrDefault("running", 0L)));
            facts.add("dead " + Figures.count(stats.dead()));
            facts.add(nodes(model));
            facts.add(partitions(model));
            facts.add(model.manner().tenant().map(name -> "tenant:" + name).orElse("tenant:*"));
            facts.add(stats.mode());
        }
        StringBuilder text = new StringBuilder();
        for (String fact : facts) {
            if (!fact.isEmpty() && text.length() + fact.length() + 2 <= room) {
                text.append(text.isEmpty() ? "" : "  ").append(fact);
            }
        }
        return text.toString();
    }

    private static String nodes(Model model) {
        List<NodeView> nodes = model.data().nodes().value();
        long fit = nodes.stream().filter(node -> node.state().equals("fit")).count();
        return nodes.isEmpty() ? "" : "nodes " + fit + "/" + nodes.size();
    }

    private static String partitions(Model model) {
        List<PartitionView> all = model.data().partitions().value();
        long led = all.stream().filter(partition -> partition.leader() != null).count();
        return all.isEmpty() ? "" : "partitions " + led + "/" + all.size();
    }

    private static String state(Model model) {
        Now now = model.now();
        if (model.link().state() instanceof Link.State.Lost lost) {
            long waitMs = Math.max(0, lost.tryAtMs() - now.elapsedMs());
            String again = lost.next().equals(lost.lost()) ? "it again" : lost.next();
            return "✗ " + lost.lost() + " lost, trying " + again + " in " + (waitMs + 999) / 1000 + "s";
        }
        if (model.link().state() instanceof Link.State.Connecting) {
            return "◌ connecting";
        }
        if (model.frozen().isPresent()) {
            return "❚❚ FROZEN "
                    + Spans.clock(model.frozen().get().wallMs(), model.manner().zone());
        }
        long ageMs = model.link().ageMs(now);
        return model.link().isLive(now)
                ? "● live " + ageMs / 1000 + "." + ageMs % 1000 / 100 + "s"
                : "◌ STALE " + ageMs / 1000 + "s";
    }

    private static Style stateStyle(Model model) {
        return model.link().isLive(model.now()) && model.frozen().isEmpty() ? Style.GOOD : Style.WARN;
    }

    private static void tabs(Grid grid, Area line, Model model) {
        View root = model.places().getFirst().view();
        boolean deep = model.places().size() > 1 || !model.place().filter().isEmpty();
        boolean brief = deep && line.columns() < WIDE_COLUMNS;
        int x = 1;
        for (int digit = 1; digit <= View.DIGITS; digit++) {
            View view = View.values()[digit - 1];
            boolean here = view == root;
            String name = brief && !here ? Integer.toString(digit) : digit + " " + view.title();
            x += grid.put(line.rightOf(x), here ? "[" + name + "]" : " " + name + " ", here ? Style.BOLD : Style.DIM);
            x += brief ? 0 : 1;
        }
        grid.put(line.rightOf(x), crumbs(model), Style.BOLD);
    }

    private static String crumbs(Model model) {
        StringBuilder crumbs = new StringBuilder();
        for (Place place : model.places().subList(1, model.places().size())) {
            crumbs.append(" › ").append(place.label());
        }
        String filter = model.place().filter();
        return crumbs.append(filter.isEmpty() ? "" : "  filter: " + filter).toString();
    }
}
