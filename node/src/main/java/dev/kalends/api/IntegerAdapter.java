package dev.kalends.api;

import io.avaje.json.JsonAdapter;
import io.avaje.json.JsonDataException;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** Reads a 32-bit number and refuses a longer one; the library's own adapter keeps its low bits without a word. */
final class IntegerAdapter implements JsonAdapter<@Nullable Integer> {
    @Override
    public void toJson(JsonWriter writer, @Nullable Integer value) {
        writer.value(value);
    }

    @Override
    public @Nullable Integer fromJson(JsonReader reader) {
        if (reader.isNullValue()) {
            return null;
        }
        long value = reader.readLong();
        if (value != (int) value) {
            throw new JsonDataException("number out of range; number=" + value);
        }
        return (int) value;
    }
}
