package dev.kalends.tui.update;

import dev.kalends.tui.model.Cursor;
import dev.kalends.tui.model.Model;
import dev.kalends.tui.model.Notice;
import dev.kalends.tui.model.Order;
import dev.kalends.tui.model.Overlay;
import dev.kalends.tui.model.Place;
import dev.kalends.tui.model.View;
import java.util.Locale;
import java.util.Optional;

/** Keys while something lies over the screen: a help page, a line to type in, a question. */
final class Typing {
    /** Longest text that can be typed. */
    private static final int TYPED_MAX = 200;

    private Typing() {}

    static Step help(Model model, Overlay.Help help, String key) {
        return switch (key) {
            case "Esc", "q", "?", "F1", "Enter" -> closed(model);
            case "PgDn", "Down", "j", "Space", "Ctrl-F" ->
                Step.of(model.withOverlay(new Overlay.Help(help.page() + 1)));
            case "PgUp", "Up", "k", "Ctrl-B" ->
                Step.of(model.withOverlay(new Overlay.Help(Math.max(0, help.page() - 1))));
            default -> Step.of(model);
        };
    }

    /** The list narrows while it is typed. */
    static Step filter(Model model, Overlay.Filter filter, String key) {
        if (key.equals("Esc")) {
            return filtered(model, filter.before(), new Overlay.None());
        }
        if (key.equals("Enter")) {
            return closed(model);
        }
        String text = typed(filter.text(), key);
        return filtered(model, text, new Overlay.Filter(text, filter.before()));
    }

    private static Step filtered(Model model, String text, Overlay overlay) {
        Place place = model.place().withFilter(text);
        for (int i = 0; i < place.cursors().size(); i++) {
            place = place.withCursor(i, Cursor.START);
        }
        Model narrowed = model.withPlace(place).withOverlay(overlay);
        return Step.of(narrowed, new Effect.Watch(narrowed.interest()));
    }

    static Step commandLine(Model model, Overlay.CommandLine line, String key) {
        if (key.equals("Esc") || (key.equals("Backspace") && line.text().isEmpty())) {
            return closed(model);
        }
        if (key.equals("Enter")) {
            return command(model.withOverlay(new Overlay.None()), line.text().strip());
        }
        return Step.of(model.withOverlay(new Overlay.CommandLine(typed(line.text(), key))));
    }

    /** {@code q}, a view's name, {@code job NAME}, {@code run ID}, {@code filter TEXT}. */
    private static Step command(Model model, String text) {
        String[] words = text.split("\\s+", 2);
        String rest = words.length > 1 ? words[1] : "";
        String word = words[0].toLowerCase(Locale.ROOT);
        Optional<View> view = view(word);
        if (view.isPresent() && rest.isEmpty()) {
            return Keys.goTo(model, view.get());
        }
        return switch (word) {
            case "" -> Step.of(model);
            case "q", "quit" -> Step.of(model, new Effect.Quit());
            case "help" -> Step.of(model.withOverlay(new Overlay.Help(0)));
            case "job" ->
                rest.isEmpty() ? unknown(model, "job NAME") : Keys.enter(model, Place.of(View.JOB, rest, rest));
            case "run" -> rest.isEmpty() ? unknown(model, "run ID") : Keys.enter(model, Place.of(View.RUN, rest, rest));
            case "filter" -> filtered(model, rest, new Overlay.None());
            default -> unknown(model, "a view's name, job NAME, run ID, filter TEXT, help, quit");
        };
    }

    private static Optional<View> view(String word) {
        for (View view : View.values()) {
            boolean reached = view.ordinal() < View.DIGITS;
            if (reached
                    && word.length() >= 2
                    && view.title().toLowerCase(Locale.ROOT).startsWith(word)) {
                return Optional.of(view);
            }
        }
        return Optional.empty();
    }

    private static Step unknown(Model model, String known) {
        return Step.of(model.saying("the command line takes: " + known, Notice.Kind.FAILED));
    }

    /** Nothing but what is wanted goes on; a stale picture was closed before. */
    static Step confirm(Model model, Overlay.Confirm confirm, String key) {
        if (key.equals("Esc") || (key.equals("n") && confirm.wanted().equals("y"))) {
            return Step.of(model.withOverlay(new Overlay.None()).saying("nothing was done", Notice.Kind.DONE));
        }
        if (key.equals("c") && confirm.order() instanceof Order.Redrive redrive) {
            return Step.of(model.withOverlay(Questions.paced(confirm, redrive)));
        }
        boolean atOnce = confirm.wanted().equals("y");
        String typed = key.equals("Enter") ? confirm.typed() : typed(confirm.typed(), key);
        boolean right = typed.equals(confirm.wanted());
        if (right && (atOnce || key.equals("Enter"))) {
            if (!model.mayAct()) {
                return Keys.refusal(model.withOverlay(new Overlay.None()));
            }
            Place unmarked = model.place();
            for (int i = 0; i < unmarked.cursors().size(); i++) {
                unmarked = unmarked.withCursor(i, unmarked.cursors().get(i).unmarked());
            }
            Model done = model.withOverlay(new Overlay.None()).withPlace(unmarked);
            return Step.of(done.saying(confirm.title() + "…", Notice.Kind.DONE), new Effect.Perform(confirm.order()));
        }
        if (key.equals("Enter")) {
            String what = "type " + confirm.wanted() + " to go on, Esc to leave it";
            return Step.of(model.saying(what, Notice.Kind.FAILED));
        }
        return Step.of(model.withOverlay(new Overlay.Confirm(
                confirm.order(), confirm.title(), confirm.lines(), confirm.wanted(), atOnce ? "" : typed)));
    }

    private static Step closed(Model model) {
        return Step.of(model.withOverlay(new Overlay.None()));
    }

    /** A text with a key typed to it. */
    private static String typed(String text, String key) {
        if (key.equals("Backspace")) {
            return text.isEmpty() ? "" : text.substring(0, text.offsetByCodePoints(text.length(), -1));
        }
        String added = key.equals("Space") ? " " : key;
        boolean character = added.codePointCount(0, added.length()) == 1;
        return character && text.length() + added.length() <= TYPED_MAX ? text + added : text;
    }
}
