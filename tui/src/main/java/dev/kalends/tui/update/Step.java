package dev.kalends.tui.update;

import dev.kalends.tui.model.Model;
import java.util.List;

/** What a message makes of the model, and what is to be done. */
public record Step(Model model, List<Effect> effects) {
    public Step {
        effects = List.copyOf(effects);
    }

    static Step of(Model model, Effect... effects) {
        return new Step(model, List.of(effects));
    }
}
