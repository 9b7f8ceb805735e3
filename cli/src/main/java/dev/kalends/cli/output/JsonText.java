package dev.kalends.cli.output;

import dev.kalends.api.Json;
import dev.kalends.tui.text.SafeText;
import java.nio.charset.StandardCharsets;

/** Records of the API, and {@link JsonObject}s, as JSON text that no terminal can be harmed by. */
public final class JsonText {
    private JsonText() {}

    /** One line, absent fields as null. */
    public static String of(Object record) {
        return SafeText.json(
                record instanceof JsonObject object
                        ? object.toString()
                        : new String(Json.writeAnswer(record), StandardCharsets.UTF_8));
    }
}
