package dev.kalends.cli.crontab;

import dev.kalends.api.JobRequest;
import dev.kalends.schedule.DurationText;
import dev.kalends.schedule.InstantText;
import dev.kalends.tui.text.SafeText;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes jobs as a crontab: a line for each that cron would run at the same times with the same command, environment
 * and stdin, a comment with the reason for each other one. Settings are written where they change.
 */
final class CrontabWriter {
    private static final String SHELL = "/bin/sh";
    /** What commands have as {@code PATH} where nobody says. */
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static final List<String> SET_BY_CRON = List.of("LOGNAME", "USER");
    private static final String ZONE = "CRON_TZ";
    private static final String DELAY = "RANDOM_DELAY";
    private static final long MINUTE_MS = 60_000;
    private static final int MINUTES_AN_HOUR = 60;
    private static final int HOURS_A_DAY = 24;
    private static final int SHELL_WORDS = 3;

    private static final List<String> HEAD = List.of(
            "# Jobs of Kalends as a crontab for cronie: other crons do not know CRON_TZ.",
            "# cron does not try again, does not wait for the run before, and does not catch up.");

    private final CrontabReader.Column column;
    private final Map<String, String> set = new TreeMap<>();
    private boolean begun;
    private String lastUser = "";

    CrontabWriter(CrontabReader.Column column) {
        this.column = column;
    }

    /** Why a job is no line. */
    private static final class CannotSayException extends Exception {
        private static final long serialVersionUID = 1;

        CannotSayException(String why) {
            super(why);
        }
    }

    /** When a line runs, and in which zone. */
    private record When(String fields, String zone) {}

    /** The lines of one job; the first one's begin with the head. */
    List<String> lines(JobRequest job) {
        String name = SafeText.line(Optional.ofNullable(job.name())
                .or(() -> Optional.ofNullable(job.key()).map(key -> "key " + key))
                .orElse("a job without a name"));
        List<String> lines = new ArrayList<>(begun ? List.of() : HEAD);
        begun = true;
        lines.add("");
        Map<String, String> before = new TreeMap<>(set);
        try {
            List<String> said = said(job);
            lines.add("# " + name);
            List<String> lost = lost(job);
            String user = Optional.ofNullable(job.user()).orElse("");
            if (column == CrontabReader.Column.NO_USER && !user.isEmpty() && !user.equals(lastUser)) {
                lines.add("# runs as " + user + ": install it as that user's crontab");
            }
            lastUser = user;
            if (!lost.isEmpty()) {
                lines.add("# not kept: " + String.join(", ", lost));
            }
            lines.addAll(said);
        } catch (CannotSayException e) {
            set.clear();
            set.putAll(before);
            lines.add("# " + name + ": no line, " + e.getMessage());
        }
        return lines;
    }

    private List<String> said(JobRequest job) throws CannotSayException {
        When when = when(job);
        if (job.from() != null || job.until() != null || job.maxRuns() != null) {
            throw new CannotSayException("a crontab has no end and no beginning: from, until, maxRuns");
        }
        if (job.except() != null) {
            throw new CannotSayException("cron leaves out no days: except");
        }
        if (job.dst() != null && !when.zone().equals("UTC")) {
            throw new CannotSayException("cron does not skip times that do not exist: dst");
        }
        String user = user(job);
        List<String> argv = Optional.ofNullable(job.command())
                .orElseThrow(
                        () -> new CannotSayException(job.http() != null ? "it is an HTTP call" : "it runs nothing"));
        Map<String, String> wanted =
                new TreeMap<>(Optional.ofNullable(job.env()).orElse(Map.of()));
        SET_BY_CRON.forEach(wanted::remove);
        wanted.putIfAbsent("SHELL", SHELL);
        wanted.putIfAbsent("PATH", PATH);
        wanted.put(ZONE, when.zone());
        wanted.remove(DELAY);
        String delay = delayMinutes(job).orElse("0");
        if (set.containsKey(DELAY) || !delay.equals("0")) {
            wanted.put(DELAY, delay);
        }
        List<String> lines = settings(wanted);
        String text = prefix(job, wanted) + shellText(argv, wanted.getOrDefault("SHELL", SHELL));
        String rest = new CrontabCommand(text.stripLeading(), Optional.ofNullable(job.stdin()))
                .text()
                .orElseThrow(() -> new CannotSayException(
                        text.indexOf('\n') >= 0
                                ? "its command has a line end"
                                : "cron would end its stdin with a line end"));
        String line = when.fields() + user + " " + rest;
        if (!SafeText.line(line.replace('\t', ' ')).equals(line.replace('\t', ' '))) {
            throw new CannotSayException("its command has control characters");
        }
        lines.add(line);
        return lines;
    }

    /** What cron calls a splay, if it is whole minutes. */
    private static Optional<String> delayMinutes(JobRequest job) {
        return Optional.ofNullable(job.splay())
                .map(DurationText::parse)
                .filter(ms -> ms % MINUTE_MS == 0 && ms / MINUTE_MS <= CrontabReader.DELAY_MINUTES_MAX)
                .map(ms -> Long.toString(ms / MINUTE_MS));
    }

    private String user(JobRequest job) throws CannotSayException {
        return switch (column) {
            case USER -> {
                if (job.user() == null) {
                    throw new CannotSayException("it names no user, and this crontab has a user column");
                }
                yield " " + job.user();
            }
            case NO_USER -> "";
        };
    }

    private When when(JobRequest job) throws CannotSayException {
        String cron = job.cron();
        if (cron != null) {
            String fields = PortableCron.of(cron)
                    .orElseThrow(() -> new CannotSayException("cron cannot read \"" + SafeText.line(cron) + "\""));
            return new When(fields, Optional.ofNullable(job.tz()).orElse("UTC"));
        }
        String every = job.every();
        String anchor = job.anchor();
        if (every == null || anchor == null) {
            throw new CannotSayException(
                    Boolean.TRUE.equals(job.manual()) ? "it runs only when triggered" : "it runs once");
        }
        return new When(
                grid(
                                DurationText.parse(every),
                                InstantText.parse(anchor, ZoneOffset.UTC, 0).ms())
                        .orElseThrow(() -> new CannotSayException("every " + every
                                + " is no number of minutes that divides the hour, or of hours that divides the day")),
                "UTC");
    }

    /** The fields of a period that the hour or the day is a multiple of. */
    private static Optional<String> grid(long periodMs, long anchorMs) {
        long minutes = periodMs / MINUTE_MS;
        boolean whole = periodMs % MINUTE_MS == 0 && anchorMs % MINUTE_MS == 0 && minutes > 0;
        if (whole && MINUTES_AN_HOUR % minutes == 0) {
            long first = Math.floorMod(anchorMs / MINUTE_MS, minutes);
            String minute = minutes == MINUTES_AN_HOUR ? "" + first : stepped(first, 59, minutes);
            return Optional.of(minute + " * * * *");
        }
        long hours = minutes / MINUTES_AN_HOUR;
        if (whole && minutes % MINUTES_AN_HOUR == 0 && HOURS_A_DAY % hours == 0) {
            long minute = Math.floorMod(anchorMs / MINUTE_MS, MINUTES_AN_HOUR);
            long first = Math.floorMod(anchorMs / MINUTE_MS / MINUTES_AN_HOUR, hours);
            String hour = hours == HOURS_A_DAY ? "" + first : stepped(first, 23, hours);
            return Optional.of(minute + " " + hour + " * * *");
        }
        return Optional.empty();
    }

    private static String stepped(long first, int last, long step) {
        return (first == 0 ? "*" : first + "-" + last) + (step == 1 ? "" : "/" + step);
    }

    /** Lines for the variables that are not yet as they are wanted. */
    private List<String> settings(Map<String, String> wanted) throws CannotSayException {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, String> variable : wanted.entrySet()) {
            if (variable.getValue().equals(set.get(variable.getKey()))) {
                continue;
            }
            String plain = variable.getValue();
            boolean bare =
                    !plain.isEmpty() && plain.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\'');
            lines.add(
                    bare
                            ? variable.getKey() + "=" + plain
                            : new CrontabSetting(variable.getKey(), plain)
                                    .text()
                                    .filter(text -> SafeText.line(text).equals(text))
                                    .orElseThrow(() -> new CannotSayException(
                                            "cron cannot set " + variable.getKey() + " to that")));
            set.put(variable.getKey(), plain);
        }
        return lines;
    }

    /** What a shell must do first: forget the variables of other jobs, go to the directory. */
    private String prefix(JobRequest job, Map<String, String> wanted) {
        StringBuilder prefix = new StringBuilder();
        TreeSet<String> others = new TreeSet<>(set.keySet());
        others.removeAll(wanted.keySet());
        if (!others.isEmpty()) {
            prefix.append("unset ").append(String.join(" ", others)).append("; ");
        }
        String cwd = job.cwd();
        if (cwd != null && !cwd.equals(wanted.get("HOME"))) {
            prefix.append("cd ").append(ShellText.quoted(cwd)).append(" && ");
        }
        return prefix.toString();
    }

    private static String shellText(List<String> argv, String shell) {
        boolean ofShell = argv.size() == SHELL_WORDS
                && argv.getFirst().equals(shell)
                && argv.get(1).equals("-c");
        return ofShell ? argv.getLast() : ShellText.of(argv);
    }

    /** The fields that cron has nothing for and that do not change when a job runs. */
    private static List<String> lost(JobRequest job) {
        Map<String, Optional<?>> fields = new LinkedHashMap<>();
        fields.put("queue", Optional.ofNullable(job.queue()));
        fields.put("priority", Optional.ofNullable(job.priority()));
        fields.put("maxAge", Optional.ofNullable(job.maxAge()));
        fields.put("timeout", Optional.ofNullable(job.timeout()));
        fields.put("deadline", Optional.ofNullable(job.deadline()));
        fields.put("onLost", Optional.ofNullable(job.onLost()));
        fields.put("retryOn", Optional.ofNullable(job.retryOn()));
        fields.put("fatalOn", Optional.ofNullable(job.fatalOn()));
        fields.put(
                "splay",
                Optional.ofNullable(job.splay()).filter(_ -> delayMinutes(job).isEmpty()));
        fields.put("sandbox", Optional.ofNullable(job.sandbox()));
        fields.put(
                "labels",
                Optional.ofNullable(job.labels())
                        .filter(labels -> !labels.keySet().equals(Set.of(CrontabSource.LABEL))));
        return fields.entrySet().stream()
                .filter(field -> field.getValue().isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }
}
