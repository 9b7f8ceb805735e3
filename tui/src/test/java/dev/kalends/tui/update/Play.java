package dev.kalends.tui.update;

import dev.kalends.tui.model.Model;
import java.util.ArrayList;
import java.util.List;

/** Plays messages against a model and keeps what they had done. */
final class Play {
    private Model model;
    private final List<Effect> effects = new ArrayList<>();

    Play(Model model) {
        this.model = model;
    }

    Play keys(String... keys) {
        for (String key : keys) {
            send(new Msg.Key(key));
        }
        return this;
    }

    /** Each character of a text as a key. */
    Play type(String text) {
        text.codePoints().forEach(c -> keys(c == ' ' ? "Space" : Character.toString(c)));
        return this;
    }

    Play send(Msg msg) {
        Step step = Update.step(model, msg);
        model = step.model();
        effects.addAll(step.effects());
        return this;
    }

    Model model() {
        return model;
    }

    List<Effect> effects() {
        return effects;
    }

    /** Orders that were sent to be carried out. */
    List<Effect> performed() {
        return effects.stream().filter(Effect.Perform.class::isInstance).toList();
    }
}
