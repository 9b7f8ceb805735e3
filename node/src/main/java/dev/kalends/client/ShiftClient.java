package dev.kalends.client;

import dev.kalends.api.DeedPage;
import dev.kalends.api.HandoffView;
import dev.kalends.api.Json;

/** Asks the nodes what happened during a shift; blocks and fails as {@link NodeClient} does. */
public final class ShiftClient {
    private final Transport transport;

    public ShiftClient(ClientSettings settings) {
        this.transport = new Transport(settings);
    }

    /**
     * What happened.
     *
     * @param since a duration before now, or an instant in RFC 3339
     */
    public HandoffView handoff(String since) {
        Target target = Target.of("/v1/handoff").query("since", since);
        return Json.readAnswer(HandoffView.class, transport.call(Call.get(target)));
    }

    /** Who did what; see {@link #handoff} for the parameter. */
    public DeedPage audit(String since) {
        Target target = Target.of("/v1/audit").query("since", since);
        return Json.readAnswer(DeedPage.class, transport.call(Call.get(target)));
    }
}
