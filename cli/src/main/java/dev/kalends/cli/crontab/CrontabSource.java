package dev.kalends.cli.crontab;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.cli.command.Session;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a crontab comes from.
 *
 * @param place how messages call it
 * @param name what stands in the names of its jobs
 * @param label the value of the label by which its jobs are found again
 * @param owner whose crontab it is, where no line says
 */
record CrontabSource(
        String place, String name, String label, CrontabReader.Column column, Optional<String> owner, byte[] bytes) {
    /** Label of every job that was imported; its value is the source. */
    static final String LABEL = "crontab";

    private static final int BYTES_MAX = 16 * 1024 * 1024;
    private static final int NAME_CHARS_MAX = 60;
    private static final int LABEL_CHARS_MAX = 60;
    private static final Path SYSTEM = Path.of("/etc/crontab");
    private static final Path SYSTEM_DIRECTORY = Path.of("/etc/cron.d");
    private static final Path SPOOL = Path.of("/var/spool/cron");

    /**
     * Reads a file, or stdin for {@code -}.
     *
     * @param column what the flag says; files that cron itself reads with a user column have one anyway
     */
    static CrontabSource read(String file, CrontabReader.Column column, Session session) throws IOException {
        Optional<String> login = session.surroundings()
                .environment()
                .get("LOGNAME")
                .or(() -> session.surroundings().environment().get("USER"))
                .filter(Accounts::isName);
        if (file.equals("-")) {
            byte[] bytes = bounded(session.surroundings().streams().in(), "stdin");
            Optional<String> owner = column == CrontabReader.Column.USER ? Optional.empty() : login;
            String name = owner.orElse("stdin");
            return new CrontabSource("stdin", name, name, column, owner, bytes);
        }
        Path path = Path.of(file).toAbsolutePath().normalize();
        byte[] bytes = bytes(path, file);
        String name = plain(String.valueOf(path.getFileName()));
        if (path.startsWith(SPOOL) && Accounts.isName(name)) {
            return new CrontabSource(file, name, name, column, Optional.of(name), bytes);
        }
        boolean system = path.equals(SYSTEM) || path.startsWith(SYSTEM_DIRECTORY);
        CrontabReader.Column found = system ? CrontabReader.Column.USER : column;
        Optional<String> owner = found == CrontabReader.Column.USER ? Optional.empty() : login;
        return new CrontabSource(file, name, label(path), found, owner, bytes);
    }

    private static byte[] bytes(Path path, String file) {
        try (InputStream in = Files.newInputStream(path)) {
            return bounded(in, file);
        } catch (IOException e) {
            throw new ApiException(
                    ErrorCode.USAGE,
                    "the crontab cannot be read; file=" + file,
                    "your own: crontab -l | kalends import crontab -");
        }
    }

    private static byte[] bounded(InputStream in, String file) throws IOException {
        byte[] bytes = in.readNBytes(BYTES_MAX + 1);
        if (bytes.length > BYTES_MAX) {
            throw new ApiException(
                    ErrorCode.TOO_LARGE, "a crontab has at most " + BYTES_MAX + " bytes; file=" + file, "cut it");
        }
        return bytes;
    }

    /** The end of a path says more than its beginning. */
    private static String label(Path path) {
        String text = path.toString().replaceAll("\\p{Cntrl}", "?");
        return text.length() <= LABEL_CHARS_MAX ? text : "..." + text.substring(text.length() - LABEL_CHARS_MAX);
    }

    /** Fit for the name of a job. */
    private static String plain(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._]+", "-").replaceAll("^[-.]+", "");
        return plain.isEmpty() ? "file" : plain.substring(0, Math.min(plain.length(), NAME_CHARS_MAX));
    }
}
