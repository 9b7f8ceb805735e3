package dev.kalends.cli.crontab;

import dev.kalends.job.Limits;
import dev.kalends.schedule.ScheduleFormatException;
import dev.kalends.schedule.ZoneText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads a crontab line by line, as cronie does: settings hold for the lines below them, comments begin a line, a field
 * ends at a blank. What cron would read otherwise than Kalends is told, and what cannot be kept is named.
 */
final class CrontabReader {
    private static final String SHELL = "/bin/sh";
    private static final String PATH = "/usr/bin:/bin";
    private static final int FIELDS = 5;
    /** A day: what {@code RANDOM_DELAY} may be at most. */
    static final int DELAY_MINUTES_MAX = 24 * 60;

    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final Column column;
    private final ZoneId defaultZone;
    private final Map<String, String> variables = new TreeMap<>(Map.of("SHELL", SHELL, "PATH", PATH));
    private final List<CrontabEntry> entries = new ArrayList<>();
    private final List<Unkept> unkept = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private Optional<ZoneId> zone;
    private int zoneLine;
    private int delayMinutes;

    /** Whether each line names the user that it runs as, as in {@code /etc/crontab}. */
    enum Column {
        NO_USER,
        USER
    }

    private CrontabReader(Column column, ZoneId defaultZone) {
        this.column = column;
        this.defaultZone = defaultZone;
        this.zone = Optional.of(defaultZone);
    }

    /**
     * Reads all lines.
     *
     * @param defaultZone where times are read until {@code CRON_TZ} says otherwise
     */
    static Crontab read(byte[] bytes, Column column, ZoneId defaultZone) {
        CrontabReader reader = new CrontabReader(column, defaultZone);
        int line = 0;
        for (int from = 0; from < bytes.length; ) {
            int end = from;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            byte[] bytesOfLine = Arrays.copyOfRange(bytes, from, end);
            if (end == bytes.length && !isComment(bytesOfLine)) {
                reader.notes.add("the last line has no line end: cron would not run it");
            }
            reader.line(++line, bytesOfLine);
            from = end + 1;
        }
        return new Crontab(reader.entries, reader.unkept, List.copyOf(reader.notes));
    }

    private void line(int number, byte[] bytes) {
        if (isComment(bytes)) {
            return;
        }
        if (bytes.length > Limits.COMMAND_BYTES_MAX) {
            unkept.add(new Unkept(
                    number, "a line has at most " + Limits.COMMAND_BYTES_MAX + " bytes; bytes=" + bytes.length));
            return;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            read(number, plain(number, text));
        } catch (CharacterCodingException e) {
            unkept.add(new Unkept(number, "this is no UTF-8 text; encoding=unknown"));
        } catch (UnkeptException | ScheduleFormatException e) {
            unkept.add(new Unkept(number, String.valueOf(e.getMessage())));
        }
    }

    private String plain(int number, String text) {
        String plain = number == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        if (plain.endsWith("\r")) {
            notes.add("lines end in CR LF: the CR is left out, cron would hand it to the command");
            plain = plain.substring(0, plain.length() - 1);
        }
        if (plain.indexOf('\0') >= 0) {
            throw new UnkeptException("a line has no zero byte; position=" + (plain.indexOf('\0') + 1));
        }
        return plain;
    }

    private static boolean isComment(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return b == '#';
            }
        }
        return true;
    }

    private void read(int number, String text) {
        Optional<CrontabSetting> setting = CrontabSetting.of(text);
        if (setting.isPresent()) {
            set(number, setting.get());
        } else {
            entry(number, text);
        }
    }

    private void set(int number, CrontabSetting setting) {
        String name = setting.name();
        String value = setting.value();
        if (!setting.isVariable()) {
            throw new UnkeptException("no variable can have this name; name=" + name);
        }
        switch (name) {
            case "CRON_TZ" -> setZone(number, value);
            case "RANDOM_DELAY" -> setDelay(value);
            case "TZ" -> notes.add("TZ is for the commands only, as in cron; CRON_TZ or --tz is for the times");
            case "MAILTO" ->
                notes.add(
                        value.isEmpty()
                                ? "nothing is mailed, as MAILTO wants: what a job writes is kept, kalends logs JOB"
                                : "nothing is mailed to " + value + ": what a job writes is kept, kalends logs JOB");
            default -> {
                // Nothing but a variable of the commands.
            }
        }
        boolean isDefault = value.isEmpty() && name.equals("SHELL");
        variables.put(name, isDefault ? SHELL : value);
    }

    private void setZone(int number, String value) {
        zone = Optional.empty();
        zoneLine = number;
        zone = Optional.of(value.isEmpty() ? defaultZone : ZoneText.parse(value));
    }

    private void setDelay(String value) {
        boolean number =
                !value.isEmpty() && value.length() <= 4 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number || Integer.parseInt(value) > DELAY_MINUTES_MAX) {
            throw new UnkeptException("RANDOM_DELAY is minutes, 0 to " + DELAY_MINUTES_MAX + "; RANDOM_DELAY=" + value);
        }
        delayMinutes = Integer.parseInt(value);
    }

    private void entry(int number, String text) {
        WordReader words = new WordReader(text);
        // cronie: a minus before the first field keeps the run out of the system's log.
        words.skip('-');
        List<String> fields = new ArrayList<>();
        int wanted = words.startsWith('@') ? 1 : FIELDS;
        while (fields.size() < wanted) {
            fields.add(words.next()
                    .orElseThrow(() -> new UnkeptException(
                            "this is neither NAME=value nor five fields and a command; fields=" + fields.size())));
        }
        CrontabTime time = CrontabTime.of(fields);
        Optional<String> user = column == Column.USER ? Optional.of(user(words)) : Optional.empty();
        CrontabCommand command = CrontabCommand.of(words.rest());
        if (command.shellText().isBlank()) {
            throw new UnkeptException("no command follows; command=\"\"");
        }
        if (words.startsWith('*')) {
            throw new UnkeptException(
                    "a command does not begin with *: is this a field too many? command=" + excerpt(words.rest()));
        }
        ZoneId in = zone.orElseThrow(
                () -> new UnkeptException("the zone that line " + zoneLine + " sets is not known; line=" + zoneLine));
        entries.add(new CrontabEntry(
                number,
                time.text(),
                in,
                delayMinutes,
                variables,
                user,
                command,
                time.note().stream().toList()));
    }

    private static String user(WordReader words) {
        String user = words.next().orElse("");
        if (!Accounts.isName(user)) {
            throw new UnkeptException(
                    "the sixth field is a user here, and this is no user's name; field=" + excerpt(user));
        }
        return user;
    }

    private static String excerpt(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }
}
