package dev.kalends.server;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** What a handler answers. */
sealed interface Answer {
    /**
     * One JSON document.
     *
     * @param etag revision of what is shown
     */
    record Document(int status, Object body, Optional<String> etag) implements Answer {}

    /** A text, whole. */
    record Text(int status, String contentType, String body) implements Answer {}

    /** Bytes for another node, whole. */
    record Bytes(String contentType, byte[] body) implements Answer {}

    /** Lines that are written as they come; the status is 200. */
    record Stream(String contentType, Body body) implements Answer {}

    /** Writes a streamed answer. An exception ends the connection without a proper end, so that a client notices. */
    @FunctionalInterface
    interface Body {
        void writeTo(OutputStream out) throws IOException, InterruptedException;
    }

    /** The content type of lines of JSON. */
    String NDJSON = "application/x-ndjson";

    static Answer ok(Object body) {
        return new Document(200, body, Optional.empty());
    }

    static Answer tagged(Object body, long revision) {
        return new Document(200, body, Optional.of("\"" + revision + "\""));
    }
}
