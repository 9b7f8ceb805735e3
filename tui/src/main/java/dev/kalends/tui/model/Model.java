package dev.kalends.tui.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything the console knows and shows.
 *
 * @param now as of the last message
 * @param frozen when the person stopped the picture; empty while it moves
 * @param data what is shown; stands still while frozen
 * @param places where the person is, the last one; the others are the way back
 */
public record Model(
        Now now,
        Optional<Now> frozen,
        Size size,
        Manner manner,
        Link link,
        Data data,
        List<Place> places,
        Overlay overlay,
        Notice notice,
        Toggles toggles) {
    public Model {
        places = List.copyOf(places);
    }

    /** The console as it starts. */
    public static Model start(Now now, Size size, Manner manner, String node) {
        return new Model(
                now,
                Optional.empty(),
                size,
                manner,
                Link.connecting(node),
                Data.NONE,
                List.of(Place.of(View.OVERVIEW)),
                new Overlay.None(),
                Notice.NONE,
                Toggles.START);
    }

    public Place place() {
        return places.getLast();
    }

    /** The time that the picture is of. */
    public Now shownAt() {
        return frozen.orElse(now);
    }

    /** Whether what is shown may be acted on. */
    public boolean mayAct() {
        return link.isLive(now) && !manner.readOnly();
    }

    /** What is to be read for the place. */
    public Interest interest() {
        return new Interest(place().view(), place().subject(), place().filter(), toggles.limit());
    }

    public Model withNow(Now time) {
        return new Model(time, frozen, size, manner, link, data, places, overlay, notice, toggles);
    }

    public Model withFrozen(Optional<Now> since) {
        return new Model(now, since, size, manner, link, data, places, overlay, notice, toggles);
    }

    public Model withSize(Size newSize) {
        return new Model(now, frozen, newSize, manner, link, data, places, overlay, notice, toggles);
    }

    public Model withLink(Link newLink) {
        return new Model(now, frozen, size, manner, newLink, data, places, overlay, notice, toggles);
    }

    public Model withData(Data newData) {
        return new Model(now, frozen, size, manner, link, newData, places, overlay, notice, toggles);
    }

    public Model withOverlay(Overlay newOverlay) {
        return new Model(now, frozen, size, manner, link, data, places, newOverlay, notice, toggles);
    }

    public Model withNotice(Notice newNotice) {
        return new Model(now, frozen, size, manner, link, data, places, overlay, newNotice, toggles);
    }

    public Model withToggles(Toggles newToggles) {
        return new Model(now, frozen, size, manner, link, data, places, overlay, notice, newToggles);
    }

    public Model withPlaces(List<Place> newPlaces) {
        return new Model(now, frozen, size, manner, link, data, newPlaces, overlay, notice, toggles);
    }

    /** With the present place changed. */
    public Model withPlace(Place place) {
        List<Place> all = new ArrayList<>(places);
        all.set(all.size() - 1, place);
        return withPlaces(all);
    }

    /** A line that tells what just happened. */
    public Model saying(String text, Notice.Kind kind) {
        return withNotice(new Notice(text, kind, now.elapsedMs() + Notice.STAYS_MS));
    }
}
