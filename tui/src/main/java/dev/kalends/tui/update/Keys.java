package dev.kalends.tui.update;

import dev.kalends.api.DeadView;
import dev.kalends.api.JobView;
import dev.kalends.api.RunView;
import dev.kalends.api.TenantView;
import dev.kalends.need.Need;
import dev.kalends.tui.list.Listing;
import dev.kalends.tui.list.Listings;
import dev.kalends.tui.list.PlaceLists;
import dev.kalends.tui.list.RunCells;
import dev.kalends.tui.model.Cursor;
import dev.kalends.tui.model.Model;
import dev.kalends.tui.model.Notice;
import dev.kalends.tui.model.Order;
import dev.kalends.tui.model.Overlay;
import dev.kalends.tui.model.Place;
import dev.kalends.tui.model.Toggles;
import dev.kalends.tui.model.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keys while nothing lies over the screen. */
final class Keys {
    /** Rows of a screen that hold no items. */
    private static final int ROWS_AROUND = 8;

    private static final int PLACES_MAX = 8;
    /** The end of a list comes so near before more of it is asked for. */
    private static final int NEAR_END = 50;

    private Keys() {}

    static Step press(Model model, String key) {
        Optional<Binding> binding = KeyMap.find(model.place().view(), key);
        if (binding.isEmpty()) {
            return Step.of(model);
        }
        Command command = binding.get().command();
        return binding.get().changes() ? act(model, command, key) : look(model, command, key);
    }

    private static Step act(Model model, Command command, String key) {
        if (!model.mayAct()) {
            return refusal(model);
        }
        Optional<Order> order = command == Command.CANCEL
                ? (key.equals("C") ? Orders.cancelJobs(model) : Orders.cancelRuns(model))
                : Orders.of(model, command);
        return order.map(it -> Update.begin(model, it))
                .orElseGet(() -> Step.of(model.saying("nothing is chosen here for that", Notice.Kind.FAILED)));
    }

    /** Why nothing can be done now. */
    static Step refusal(Model model) {
        String why = model.manner().readOnly()
                ? "this console only reads (--read-only)"
                : "what is shown is stale: actions are off until the node answers";
        return Step.of(model.saying(why, Notice.Kind.FAILED));
    }

    private static Step look(Model model, Command command, String key) {
        return switch (command) {
            case VIEW -> goTo(model, View.ofDigit(key.charAt(0) - '0').orElse(View.OVERVIEW));
            case NEXT_VIEW -> goTo(model, nextView(model.places().getFirst().view()));
            case UP, DOWN, PAGE_UP, PAGE_DOWN, FIRST, LAST -> move(model, command);
            case PANEL ->
                Step.of(model.withPlace(model.place().withPanel(model.place().panel() + 1)));
            case OPEN -> open(model);
            case BACK -> back(model);
            case FILTER ->
                Step.of(model.withOverlay(
                        new Overlay.Filter(model.place().filter(), model.place().filter())));
            case COMMAND_LINE -> Step.of(model.withOverlay(new Overlay.CommandLine("")));
            case SORT ->
                Step.of(model.withPlace(model.place().withSort(model.place().sort() + 1)));
            case MARK -> mark(model);
            case COPY -> copy(model);
            case FREEZE -> freeze(model);
            case HEAT -> Step.of(model.withToggles(model.toggles().heatSwitched()));
            case HEALTHY -> Step.of(model.withToggles(model.toggles().healthySwitched()));
            case ACKNOWLEDGE -> acknowledge(model);
            case REDRAW -> Step.of(model, new Effect.Redraw(), new Effect.Refresh());
            case HELP -> Step.of(model.withOverlay(new Overlay.Help(0)));
            case SUSPEND -> Step.of(model, new Effect.Suspend());
            case QUIT -> Step.of(model, new Effect.Quit());
            case TRIGGER, PAUSE, RESUME, CANCEL, RERUN, RELEASE, REDRIVE, DISCARD, STEP_DOWN, DRAIN, UNDRAIN ->
                Step.of(model);
        };
    }

    private static View nextView(View view) {
        return View.ofDigit(view.ordinal() + 2).orElse(View.OVERVIEW);
    }

    /** To a view; the way back ends there. */
    static Step goTo(Model model, View view) {
        Model there = model.withPlaces(List.of(Place.of(view)))
                .withToggles(model.toggles().withLimit(Toggles.PAGE));
        return Step.of(there, new Effect.Watch(there.interest()));
    }

    /** Deeper into a place; Esc comes back. */
    static Step enter(Model model, Place place) {
        List<Place> places = new ArrayList<>(model.places());
        if (places.size() == PLACES_MAX) {
            places.remove(1);
        }
        places.add(place);
        Model there = model.withPlaces(places).withData(model.data().withoutDetails());
        return Step.of(there, new Effect.Watch(there.interest()));
    }

    private static Step back(Model model) {
        Place place = model.place();
        if (!place.cursor().marked().isEmpty()) {
            return Step.of(model.withPlace(place.withCursor(place.cursor().unmarked())));
        }
        if (!place.filter().isEmpty()) {
            Model whole = model.withPlace(place.withFilter(""));
            return Step.of(whole, new Effect.Watch(whole.interest()));
        }
        if (model.places().size() > 1) {
            Model before = model.withPlaces(
                            model.places().subList(0, model.places().size() - 1))
                    .withData(model.data().withoutDetails());
            return Step.of(before, new Effect.Watch(before.interest()));
        }
        return place.view() == View.OVERVIEW ? Step.of(model) : goTo(model, View.OVERVIEW);
    }

    private static Step move(Model model, Command command) {
        Listing<?> listing = Listings.of(model);
        if (listing.items().isEmpty()) {
            return Step.of(model);
        }
        int last = listing.items().size() - 1;
        int page = Math.max(1, model.size().rows() - ROWS_AROUND);
        int at = listing.indexOf(model.place().cursor());
        int to = target(command, at, page, last);
        int index = Math.clamp(to, 0, last);
        Model moved =
                model.withPlace(model.place().withCursor(model.place().cursor().at(listing.keyAt(index), index)));
        return index + NEAR_END > last ? more(moved, last + 1) : Step.of(moved);
    }

    private static int target(Command command, int at, int page, int last) {
        if (command == Command.FIRST || command == Command.LAST) {
            return command == Command.FIRST ? 0 : last;
        }
        int step = command == Command.PAGE_UP || command == Command.PAGE_DOWN ? page : 1;
        return command == Command.UP || command == Command.PAGE_UP ? at - step : at + step;
    }

    /** A list that asked for no more than it has goes on where the cursor nears its end. */
    private static Step more(Model model, int items) {
        int limit = model.toggles().limit();
        boolean wants = model.place().view() == View.JOBS
                && model.data().jobs().value().more()
                && items >= limit
                && limit < Toggles.LIMIT_MAX;
        if (!wants) {
            return Step.of(model);
        }
        Model longer = model.withToggles(model.toggles().withLimit(limit + Toggles.PAGE));
        return Step.of(longer, new Effect.Watch(longer.interest()));
    }

    private static Step mark(Model model) {
        Listing<?> listing = Listings.of(model);
        int at = listing.indexOf(model.place().cursor());
        if (at < 0) {
            return Step.of(model);
        }
        int next = Math.min(at + 1, listing.items().size() - 1);
        Cursor cursor = model.place().cursor().toggled(listing.keyAt(at)).at(listing.keyAt(next), next);
        return Step.of(model.withPlace(model.place().withCursor(cursor)));
    }

    private static Step copy(Model model) {
        Listing<?> listing = Listings.of(model);
        int at = listing.indexOf(model.place().cursor());
        String text = at < 0 ? model.place().subject() : listing.keyAt(at);
        return text.isEmpty()
                ? Step.of(model)
                : Step.of(model.saying("copied " + text, Notice.Kind.DONE), new Effect.Copy(text));
    }

    private static Step freeze(Model model) {
        boolean frozen = model.frozen().isPresent();
        Model changed = model.withFrozen(frozen ? Optional.empty() : Optional.of(model.now()));
        return frozen ? Step.of(changed, new Effect.Refresh()) : Step.of(changed);
    }

    private static Step acknowledge(Model model) {
        Optional<Need> need =
                PlaceLists.needs(model).itemAt(model.place().cursors().getFirst());
        return Step.of(need.map(it -> model.withToggles(model.toggles().acknowledging(it.code())))
                .orElse(model));
    }

    private static Step open(Model model) {
        Optional<?> item = Listings.of(model).itemAt(model.place().cursor());
        return item.map(it -> openItem(model, it)).orElseGet(() -> Step.of(model));
    }

    private static Step openItem(Model model, Object item) {
        return switch (item) {
            case Need need -> goTo(model, viewOf(need));
            case JobView job -> enter(model, Place.of(View.JOB, job.id(), PlaceLists.jobName(job)));
            case RunView run -> enter(model, Place.of(View.RUN, run.id(), label(model, run)));
            case DeadView letter -> enter(model, Place.of(View.RUN, letter.run().id(), label(model, letter.run())));
            case TenantView tenant ->
                Step.of(model.saying("see this tenant alone: kalends top -T " + tenant.name(), Notice.Kind.DONE));
            default ->
                Step.of(model.withPlace(model.place().withPanel(model.place().panel() + 1)));
        };
    }

    private static String label(Model model, RunView run) {
        return RunCells.shortId(run.id(), model.manner().zone());
    }

    private static View viewOf(Need need) {
        return switch (need.code()) {
            case "dead_letters" -> View.DEAD;
            case "no_leader", "catching_up" -> View.LEASES;
            case "silent_worker", "no_worker" -> View.NODES;
            case "paused" -> View.TENANTS;
            default -> View.RUNS;
        };
    }
}
