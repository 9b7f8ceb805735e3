package dev.kalends.cli.output;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON object for what is computed here and is no record of the API. Fields keep their order. */
public final class JsonObject {
    private static final String SHORT = "\"\\\n\t\r\b\f";
    private static final String SHORT_LETTERS = "\"\\ntrbf";

    private final StringBuilder json = new StringBuilder("{");

    public JsonObject text(String name, @Nullable String value) {
        field(name);
        if (value == null) {
            json.append("null");
        } else {
            quote(json, value);
        }
        return this;
    }

    public JsonObject number(String name, long value) {
        field(name).append(value);
        return this;
    }

    public JsonObject array(String name, List<JsonObject> items) {
        field(name).append('[');
        for (int i = 0; i < items.size(); i++) {
            json.append(i == 0 ? "" : ",").append(items.get(i));
        }
        json.append(']');
        return this;
    }

    @Override
    public String toString() {
        return json + "}";
    }

    private StringBuilder field(String name) {
        quote(json.length() > 1 ? json.append(',') : json, name);
        return json.append(':');
    }

    private static void quote(StringBuilder json, String value) {
        json.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            int known = SHORT.indexOf(c);
            if (known >= 0) {
                json.append('\\').append(SHORT_LETTERS.charAt(known));
            } else if (c < ' ') {
                json.append(c < 16 ? "\\u000" : "\\u00").append(Integer.toHexString(c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
