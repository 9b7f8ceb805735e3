package dev.kalends.server;

import dev.kalends.api.JobRequest;
import dev.kalends.job.Limits;
import dev.kalends.job.Work;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a job does: a command, an HTTP call, or nothing. */
final class WorkReader {
    private static final int HEADERS_MAX = 64;
    private static final int METHOD_CHARS_MAX = 20;
    private static final int PATH_BYTES_MAX = 4096;
    private static final Set<String> OUR_HEADERS =
            Set.of("connection", "content-length", "host", "idempotency-key", "transfer-encoding", "upgrade");
    private static final String OUR_ENVIRONMENT = "KALENDS_";

    private WorkReader() {}

    static Work read(JobRequest request) {
        boolean noop = Boolean.TRUE.equals(request.noop());
        int kinds = (request.command() != null ? 1 : 0) + (request.http() != null ? 1 : 0) + (noop ? 1 : 0);
        if (kinds != 1) {
            throw Field.invalid("a job has one of command, http and noop; given=" + kinds);
        }
        List<String> argv = request.command();
        if (argv != null) {
            return command(request, argv);
        }
        Field.absent("stdin", request.stdin(), "a command; an http job has http.body");
        Field.absent("env", request.env(), "a command");
        Field.absent("cwd", request.cwd(), "a command");
        Field.absent("user", request.user(), "a command");
        JobRequest.Http http = request.http();
        return http != null ? http(http) : new Work.Noop();
    }

    private static Work command(JobRequest request, List<String> argv) {
        if (argv.isEmpty() || isNullOrEmpty(argv.getFirst())) {
            throw Field.invalid("command begins with a program; arguments=" + argv.size());
        }
        if (argv.size() > Limits.ARGUMENTS_MAX) {
            throw Field.invalid("command has at most " + Limits.ARGUMENTS_MAX + " arguments; arguments=" + argv.size());
        }
        int bytes = 0;
        for (int i = 0; i < argv.size(); i++) {
            String argument = Field.present("command[" + i + "]", argv.get(i));
            Field.noZero("command[" + i + "]", argument);
            bytes += Field.bytes(argument) + 1;
        }
        if (bytes > Limits.COMMAND_BYTES_MAX) {
            throw Field.invalid("command has at most " + Limits.COMMAND_BYTES_MAX + " bytes in all; bytes=" + bytes);
        }
        Optional<String> stdin = Optional.ofNullable(request.stdin());
        stdin.ifPresent(text -> Field.atMost("stdin", text, Limits.BODY_BYTES_MAX));
        Optional<String> cwd = Optional.ofNullable(request.cwd());
        cwd.ifPresent(text -> directory(text));
        Optional<String> user = Optional.ofNullable(request.user());
        user.ifPresent(text -> NameText.check("user", text, Limits.TENANT_BYTES_MAX));
        return new Work.Command(argv, environment(request.env()), cwd, user, stdin);
    }

    private static void directory(String cwd) {
        Field.atMost("cwd", cwd, PATH_BYTES_MAX);
        Field.noZero("cwd", cwd);
        if (!cwd.startsWith("/")) {
            throw Field.invalid("cwd is an absolute path; cwd=" + Texts.excerpt(cwd));
        }
    }

    private static Map<String, String> environment(@Nullable Map<String, String> sent) {
        Map<String, String> env = sent == null ? Map.of() : sent;
        long bytes = 0;
        for (Map.Entry<String, String> entry : env.entrySet()) {
            String name = entry.getKey();
            if (!isVariableName(name)) {
                throw Field.invalid("an environment variable has letters, digits and _, no digit first; env="
                        + Texts.excerpt(name));
            }
            if (name.startsWith(OUR_ENVIRONMENT)) {
                throw Field.invalid(
                        "names beginning with " + OUR_ENVIRONMENT + " are set by Kalends; env=" + Texts.excerpt(name));
            }
            String value = Field.present("env." + name, entry.getValue());
            Field.noZero("env." + name, value);
            bytes += Field.bytes(name) + Field.bytes(value) + 2L;
        }
        if (bytes > Limits.ENVIRONMENT_BYTES_MAX) {
            throw Field.invalid("env has at most " + Limits.ENVIRONMENT_BYTES_MAX + " bytes in all; bytes=" + bytes);
        }
        return env;
    }

    private static boolean isVariableName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !name.isEmpty() && name.length() <= Limits.NAME_BYTES_MAX;
    }

    private static Work http(JobRequest.Http http) {
        String method = Field.present("http.method", http.method());
        boolean plain = !method.isEmpty()
                && method.length() <= METHOD_CHARS_MAX
                && method.chars().allMatch(c -> c >= 'A' && c <= 'Z');
        if (!plain) {
            throw Field.invalid(
                    "http.method is a word in capitals, such as POST; http.method=" + Texts.excerpt(method));
        }
        String url = Field.present("http.url", http.url());
        checkUrl(url);
        Optional<String> body = Optional.ofNullable(http.body());
        body.ifPresent(text -> Field.atMost("http.body", text, Limits.BODY_BYTES_MAX));
        return new Work.Http(method, url, headers(http.headers()), body);
    }

    private static void checkUrl(String url) {
        Field.atMost("http.url", url, Limits.URL_BYTES_MAX);
        try {
            URI uri = new URI(url);
            String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
            boolean fits = (scheme.equals("http") || scheme.equals("https"))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && url.chars().allMatch(c -> c > ' ' && c < 0x7f);
            if (fits) {
                return;
            }
        } catch (URISyntaxException e) {
            // Falls through to the one message that says what would be right.
        }
        throw Field.invalid(
                "http.url is http://HOST… or https://HOST…, without a password; http.url=" + Texts.excerpt(url));
    }

    private static Map<String, String> headers(@Nullable Map<String, String> sent) {
        Map<String, String> headers = sent == null ? Map.of() : sent;
        if (headers.size() > HEADERS_MAX) {
            throw Field.invalid("http.headers are at most " + HEADERS_MAX + "; headers=" + headers.size());
        }
        long bytes = 0;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            String name = header.getKey();
            boolean token = !name.isEmpty()
                    && name.length() <= Limits.NAME_BYTES_MAX
                    && name.chars().allMatch(c -> c > ' ' && c < 0x7f && "()<>@,;:\\\"/[]?={}".indexOf(c) < 0);
            if (!token) {
                throw Field.invalid("this is no header name; http.headers=" + Texts.excerpt(name));
            }
            if (OUR_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                throw Field.invalid("this header is set by Kalends; http.headers=" + name);
            }
            String value = Field.present("http.headers." + name, header.getValue());
            Field.oneLine("http.headers." + name, value);
            bytes += name.length() + Field.bytes(value) + 4L;
        }
        if (bytes > Limits.ENVIRONMENT_BYTES_MAX) {
            throw Field.invalid(
                    "http.headers have at most " + Limits.ENVIRONMENT_BYTES_MAX + " bytes in all; bytes=" + bytes);
        }
        return headers;
    }

    private static boolean isNullOrEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }
}
