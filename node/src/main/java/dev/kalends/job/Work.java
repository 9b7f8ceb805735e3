package dev.kalends.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a run does. */
public sealed interface Work {
    /** A program with its arguments, never a shell string. */
    record Command(
            List<String> argv,
            Map<String, String> env,
            Optional<String> cwd,
            Optional<String> user,
            Optional<String> stdin)
            implements Work {
        public Command {
            argv = List.copyOf(argv);
            env = Map.copyOf(env);
        }
    }

    /** An HTTP request; a 2xx answer is a success. */
    record Http(String method, String url, Map<String, String> headers, Optional<String> body) implements Work {
        public Http {
            headers = Map.copyOf(headers);
        }
    }

    /** Succeeds at once: a join in a graph, a benchmark. */
    record Noop() implements Work {}

    /** The word users see: {@code command}, {@code http} or {@code noop}. */
    default String kind() {
        return switch (this) {
            case Command _ -> "command";
            case Http _ -> "http";
            case Noop _ -> "noop";
        };
    }
}
