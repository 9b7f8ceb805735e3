/**
 * Owns the HTTP client: one typed method for each route, retries with the same request id, tokens.
 *
 * <p>It speaks {@code HttpURLConnection}, because a one-shot command pays for its start: 45 ms against 480 for the
 * first request of the newer client.
 *
 * <p>May import: {@code time}, {@code job}, {@code api}. Start reading at {@link dev.kalends.client.NodeClient}, then
 * {@code Transport}, where the retries are.
 */
@NullMarked
package dev.kalends.client;

import org.jspecify.annotations.NullMarked;
