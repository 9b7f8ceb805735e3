package dev.kalends.server;

import java.io.IOException;

/**
 * One line of the route table.
 *
 * @param method GET, POST, PUT or DELETE
 * @param template a path whose segments in braces are parameters, such as {@code /v1/jobs/{job}}
 */
record Route(String method, String template, Permission permission, Handler handler) {
    /** Answers one request, on its own virtual thread. */
    @FunctionalInterface
    interface Handler {
        Answer handle(Request request) throws IOException, InterruptedException;
    }
}
