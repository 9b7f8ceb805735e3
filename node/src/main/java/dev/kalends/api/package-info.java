/**
 * Owns the wire: JSON records of the HTTP API and of the worker protocol, error codes, routes.
 *
 * <p>Instants are RFC 3339 UTC texts with milliseconds, durations integers named {@code …Ms}; durations that people
 * write come in as on the command line. Fields are only ever added. JSON adapters are generated at compile time.
 *
 * <p>May import: {@code time}, {@code job}. Start reading at {@link dev.kalends.api.JobRequest} and
 * {@link dev.kalends.api.ErrorCode}.
 */
@NullMarked
package dev.kalends.api;

import org.jspecify.annotations.NullMarked;
