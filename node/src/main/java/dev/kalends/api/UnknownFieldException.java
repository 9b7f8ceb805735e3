package dev.kalends.api;

import io.avaje.json.JsonDataException;

/** A request has a field that its record does not have. */
final class UnknownFieldException extends JsonDataException {
    private static final long serialVersionUID = 1;

    private final String field;

    UnknownFieldException(String field) {
        super("unknown field");
        this.field = field;
    }

    String field() {
        return field;
    }
}
