package dev.kalends.journal;

import dev.kalends.job.Work;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Encodes what a run does, as fields of the spec itself: a command costs no message of its own. */
final class WorkCodec {
    private static final int ARGV = 10;
    private static final int ENV = 11;
    private static final int CWD = 12;
    private static final int USER = 13;
    private static final int STDIN = 14;
    private static final int HTTP = 20;
    private static final int EMPTY_COMMAND = 21;

    private WorkCodec() {}

    static void write(FieldWriter out, Work work) {
        switch (work) {
            case Work.Command command -> {
                if (command.argv().isEmpty()) {
                    out.mark(EMPTY_COMMAND);
                }
                command.argv().forEach(argument -> out.presentText(ARGV, argument));
                out.entries(ENV, command.env());
                out.text(CWD, command.cwd());
                out.text(USER, command.user());
                out.text(STDIN, command.stdin());
            }
            case Work.Http http -> {
                FieldWriter message = out.nested();
                message.text(1, http.method());
                message.text(2, http.url());
                message.entries(3, http.headers());
                message.text(4, http.body());
                out.message(HTTP, message);
            }
            case Work.Noop _ -> {}
        }
    }

    /** What is read of it so far. */
    static final class Parts {
        private final List<String> argv = new ArrayList<>();
        private final Map<String, String> env = new HashMap<>();
        private boolean emptyCommand;
        private Optional<String> cwd = Optional.empty();
        private Optional<String> user = Optional.empty();
        private Optional<String> stdin = Optional.empty();
        private Optional<Work> http = Optional.empty();

        /** Reads a field of it, or passes over an unknown one. */
        void read(FieldReader in) {
            switch (in.field()) {
                case ARGV -> argv.add(in.text());
                case ENV -> in.entry(env);
                case CWD -> cwd = Optional.of(in.text());
                case USER -> user = Optional.of(in.text());
                case STDIN -> stdin = Optional.of(in.text());
                case HTTP -> http = Optional.of(readHttp(in.message()));
                case EMPTY_COMMAND -> emptyCommand = in.mark();
                default -> in.skip();
            }
        }

        Work work() {
            if (http.isPresent()) {
                return http.get();
            }
            return argv.isEmpty() && !emptyCommand ? new Work.Noop() : new Work.Command(argv, env, cwd, user, stdin);
        }
    }

    private static Work readHttp(FieldReader in) {
        String method = "";
        String url = "";
        Map<String, String> headers = new HashMap<>();
        Optional<String> body = Optional.empty();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> method = in.text();
                case 2 -> url = in.text();
                case 3 -> in.entry(headers);
                case 4 -> body = Optional.of(in.text());
                default -> in.skip();
            }
        }
        return new Work.Http(method, url, headers, body);
    }
}
