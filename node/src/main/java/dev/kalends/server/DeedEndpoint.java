package dev.kalends.server;

import dev.kalends.api.DeedPage;
import dev.kalends.api.DeedView;
import dev.kalends.partition.Deed;
import dev.kalends.schedule.InstantText;
import java.util.List;
import java.util.Set;

/** Answers {@code GET /v1/audit}: who did what. */
final class DeedEndpoint {
    static final int DEEDS_MAX = 10_000;
    private static final String SINCE_DEFAULT = "1d";

    private final Services services;
    private final DeedBook book;

    DeedEndpoint(Services services, DeedBook book) {
        this.services = services;
        this.book = book;
    }

    Answer list(Request request) {
        request.query().allow(Set.of("since"));
        long sinceMs = Moments.past(
                "since",
                request.query().one("since").orElse(SINCE_DEFAULT),
                services.clocks().nowMs());
        List<Deed> deeds = book.since(sinceMs, request.scope(), DEEDS_MAX);
        return Answer.ok(new DeedPage(
                services.asOf(),
                InstantText.format(sinceMs),
                deeds.stream().map(DeedEndpoint::view).toList(),
                deeds.size() < DEEDS_MAX));
    }

    private static DeedView view(Deed deed) {
        return new DeedView(
                InstantText.format(deed.atMs()),
                deed.who(),
                deed.verb(),
                deed.subject(),
                deed.tenant().equals(Deed.EVERY) ? null : deed.tenant(),
                deed.detail().isEmpty() ? null : deed.detail());
    }
}
