package dev.kalends.cli.submit;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.JobRequest;
import dev.kalends.cli.calendar.ExceptFlag;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.job.Limits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The flags that describe a job, and the request they make. The node checks what the texts mean; here only the shape
 * of the command line is checked, files are read, and local times are given the zone of this machine.
 */
final class JobFlags {
    private static final int EXIT_STATUS_MAX = 255;

    private JobFlags() {}

    static void declare(Grammar grammar) {
        declareWhen(grammar);
        ExceptFlag.declare(grammar);
        declareHow(grammar);
        declareWhat(grammar);
    }

    private static void declareWhen(Grammar grammar) {
        grammar.value("--name", "N", "name, unique in the tenant")
                .value("--at", "T", "once, at an instant or a local time: 2026-03-08T02:30, 18:00")
                .value("--in", "D", "once, after a duration: 90s, 1h30m")
                .value("--every", "D", "every so often, first one period from now or at --anchor")
                .value("--anchor", "T", "an instant of the grid of --every")
                .value("--cron", "E", "five fields, six with seconds first, or @hourly…")
                .value("--after", "JOB[:COND],…", "after other jobs (not in this version)")
                .toggle("--manual", "only when triggered")
                .value("--tz", "Z", "zone of --cron (default UTC) and of local times (default this machine's)")
                .value("--dst", "RULE", "cron (default: as cronie does) or skip times that do not exist")
                .value("--from", "T", "no fire before")
                .value("--until", "T", "no fire at or after")
                .value("--max-runs", "N", "at most so many fires")
                .value("--splay", "D", "spread by a stable amount of up to D")
                .choices("--dst", "cron", "skip");
    }

    private static void declareHow(Grammar grammar) {
        grammar.value("--key", "K", "the same key and job again is the same job; another job: conflict")
                .repeated("-l,--label", "k=v", "label, may be repeated")
                .value("--queue", "Q", "queue (default: default)")
                .value("--priority", "P", "high, normal or low")
                .value("--max-attempts", "N", "attempts in all, the first included (default 3)")
                .value("--backoff", "MIN..MAX", "waits between attempts (default 10s..1h)")
                .value("--max-age", "D", "no attempt later than this after the due instant")
                .value("--timeout", "D", "longest attempt")
                .value("--deadline", "D", "latest start after the due instant; else missed")
                .value("--on-lost", "DO", "retry (default) or fail when a worker is lost")
                .value("--retry-on", "CODES", "exit statuses that are retried, all others fatal: 75,111")
                .value("--fatal-on", "CODES", "exit statuses that are not retried")
                .value("--overlap", "M", "skip (default), queue, allow or replace")
                .value("--catch-up", "M", "last (default), all or none of what was missed")
                .repeated("--limit", "KEY=N", "at most N runs at once of all jobs with this key")
                .choices("--priority", "high", "normal", "low")
                .choices("--on-lost", "retry", "fail")
                .choices("--overlap", "skip", "queue", "allow", "replace")
                .choices("--catch-up", "last", "all", "none");
    }

    private static void declareWhat(Grammar grammar) {
        grammar.repeated("--env", "K=V", "environment variable of the command, may be repeated")
                .value("--cwd", "DIR", "directory of the command")
                .value("--user", "U", "user of the command")
                .value("--stdin", "TEXT", "stdin of the command: TEXT, @FILE, - (this stdin); @@ is a literal @")
                .value("--sandbox", "MODE", "isolation of the command")
                .pair("--http", "METHOD URL", "call this instead of a command")
                .repeated("--header", "H", "header of the call, such as 'Accept: text/plain'")
                .value("--body", "TEXT", "body of the call: TEXT or @FILE; @@ is a literal @")
                .toggle("--noop", "do nothing, successfully")
                .choices("--http", "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")
                .trailing();
    }

    /** The request that the flags make. */
    static JobRequest read(Arguments flags, Session session) throws IOException {
        LocalTimes times = new LocalTimes(flags, session);
        Payload payload = new Payload(session.surroundings().streams().in());
        return new JobRequest(
                flags.textOrNull("--name"),
                flags.textOrNull("--key"),
                null,
                times.read("--at"),
                flags.textOrNull("--in"),
                flags.textOrNull("--every"),
                times.read("--anchor"),
                flags.textOrNull("--cron"),
                flags.text("--after").map(after -> List.of(after.split(","))).orElse(null),
                flag(flags, "--manual"),
                flags.textOrNull("--tz"),
                command(flags),
                http(flags, payload),
                flag(flags, "--noop"),
                payload.read("--stdin", flags.text("--stdin")),
                pairs("--env", flags.texts("--env")),
                flags.textOrNull("--cwd"),
                flags.textOrNull("--user"),
                flags.textOrNull("--queue"),
                flags.textOrNull("--priority"),
                number(flags.wholeNumber("--max-attempts", 1, Limits.ATTEMPTS_MAX)),
                flags.textOrNull("--backoff"),
                flags.textOrNull("--max-age"),
                flags.textOrNull("--timeout"),
                flags.textOrNull("--deadline"),
                flags.textOrNull("--on-lost"),
                statuses("--retry-on", flags.text("--retry-on")),
                statuses("--fatal-on", flags.text("--fatal-on")),
                flags.textOrNull("--overlap"),
                flags.textOrNull("--catch-up"),
                flags.textOrNull("--dst"),
                ExceptFlag.texts(flags, session),
                times.read("--from"),
                times.read("--until"),
                number(flags.wholeNumber("--max-runs", 1, Integer.MAX_VALUE)),
                flags.textOrNull("--splay"),
                flags.textOrNull("--sandbox"),
                limits(flags.texts("--limit")),
                pairs("--label", flags.texts("--label")));
    }

    private static @Nullable List<String> command(Arguments flags) {
        Optional<List<String>> command = flags.trailing();
        if (command.isPresent() && command.get().isEmpty()) {
            throw Arguments.usage("nothing follows --");
        }
        return command.orElse(null);
    }

    private static JobRequest.@Nullable Http http(Arguments flags, Payload payload) throws IOException {
        List<String> call = flags.texts("--http");
        Map<String, String> headers = headers(flags.texts("--header"));
        String body = payload.read("--body", flags.text("--body"));
        if (call.isEmpty()) {
            if (!headers.isEmpty() || body != null) {
                throw Arguments.usage("--header and --body belong to --http METHOD URL");
            }
            return null;
        }
        return new JobRequest.Http(
                call.getFirst().toUpperCase(Locale.ROOT), call.getLast(), headers.isEmpty() ? null : headers, body);
    }

    private static Map<String, String> headers(List<String> texts) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String text : texts) {
            int colon = text.indexOf(':');
            if (colon < 1) {
                throw Arguments.usage("--header takes NAME: VALUE; value=" + text);
            }
            String name = text.substring(0, colon).strip();
            if (headers.put(name, text.substring(colon + 1).strip()) != null) {
                throw Arguments.usage("--header is given twice; name=" + name);
            }
        }
        return headers;
    }

    private static @Nullable Map<String, String> pairs(String flag, List<String> texts) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw Arguments.usage(flag + " takes KEY=VALUE; value=" + text);
            }
            String key = text.substring(0, equals);
            if (pairs.put(key, text.substring(equals + 1)) != null) {
                throw Arguments.usage(flag + " is given twice; key=" + key);
            }
        }
        return pairs.isEmpty() ? null : pairs;
    }

    private static @Nullable Map<String, Integer> limits(List<String> texts) {
        Map<String, String> pairs = pairs("--limit", texts);
        if (pairs == null) {
            return null;
        }
        Map<String, Integer> limits = new LinkedHashMap<>();
        pairs.forEach((key, value) -> limits.put(key, number("--limit", value, Integer.MAX_VALUE)));
        return limits;
    }

    private static @Nullable List<Integer> statuses(String flag, Optional<String> codes) {
        if (codes.isEmpty()) {
            return null;
        }
        List<Integer> statuses = new ArrayList<>();
        for (String code : codes.get().split(",", -1)) {
            statuses.add(number(flag, code, EXIT_STATUS_MAX));
        }
        return statuses;
    }

    private static int number(String flag, String text, int max) {
        boolean digits = !text.isEmpty() && text.length() <= 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || Long.parseLong(text) > max) {
            throw new ApiException(
                    ErrorCode.USAGE, flag + " takes whole numbers from 0 to " + max + "; value=" + text, "");
        }
        return Integer.parseInt(text);
    }

    private static @Nullable Integer number(OptionalLong number) {
        return number.isPresent() ? Integer.valueOf((int) number.getAsLong()) : null;
    }

    private static @Nullable Boolean flag(Arguments flags, String name) {
        return flags.has(name) ? Boolean.TRUE : null;
    }
}
