package dev.kalends.worker;

import dev.kalends.api.Grant;
import dev.kalends.api.JobRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Grants for tests. */
final class Grants {
    private String run = "7m2r3tx01k9qf@20260308T070000Z";
    private long token = 1;
    private Optional<List<String>> command = Optional.empty();
    private Map<String, String> env = Map.of();
    private Optional<String> cwd = Optional.empty();
    private Optional<String> user = Optional.empty();
    private Optional<String> stdin = Optional.empty();
    private Optional<JobRequest.Http> http = Optional.empty();
    private Optional<Long> timeoutMs = Optional.empty();
    private Optional<String> sandbox = Optional.empty();

    static Grants noop() {
        return new Grants();
    }

    static Grants command(String... argv) {
        Grants grants = new Grants();
        grants.command = Optional.of(List.of(argv));
        return grants;
    }

    static Grants shell(String script) {
        return command("sh", "-c", script);
    }

    static Grants http(JobRequest.Http http) {
        Grants grants = new Grants();
        grants.http = Optional.of(http);
        return grants;
    }

    Grants run(String id, long fencingToken) {
        run = id;
        token = fencingToken;
        return this;
    }

    Grants env(Map<String, String> variables) {
        env = variables;
        return this;
    }

    Grants cwd(String directory) {
        cwd = Optional.of(directory);
        return this;
    }

    Grants user(String name) {
        user = Optional.of(name);
        return this;
    }

    Grants stdin(String text) {
        stdin = Optional.of(text);
        return this;
    }

    Grants timeoutMs(long ms) {
        timeoutMs = Optional.of(ms);
        return this;
    }

    Grants sandbox(String mode) {
        sandbox = Optional.of(mode);
        return this;
    }

    Grant grant() {
        return new Grant(
                run,
                0,
                2,
                token,
                "2026-03-08T07:00:00.000Z",
                "default",
                command.isPresent() ? "command" : http.isPresent() ? "http" : "noop",
                command.orElse(null),
                env,
                cwd.orElse(null),
                user.orElse(null),
                stdin.orElse(null),
                http.orElse(null),
                timeoutMs.orElse(null),
                sandbox.orElse(null));
    }

    Execution execution() {
        return new Execution(grant(), new OutputTail(), new StopSignal());
    }
}
