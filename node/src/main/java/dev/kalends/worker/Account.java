package dev.kalends.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A user of the machine. */
record Account(String name, int uid, int gid, String home, String shell) {
    private static final Path PASSWD = Path.of("/etc/passwd");
    private static final Path SELF = Path.of("/proc/self/status");
    private static final long LOOKUP_MAX_MS = 5_000;

    boolean isRoot() {
        return uid == 0;
    }

    /** The user this worker runs as. */
    static Account self() {
        try {
            String uid = Files.readAllLines(SELF).stream()
                    .filter(line -> line.startsWith("Uid:"))
                    .map(line -> line.split("\\s+", -1)[2])
                    .findFirst()
                    .orElse("-1");
            return find(uid).orElse(new Account(uid, Integer.parseInt(uid), -1, "/", "/bin/sh"));
        } catch (IOException e) {
            String name = System.getProperty("user.name", "?");
            return new Account(name, name.equals("root") ? 0 : -1, -1, "/", "/bin/sh");
        }
    }

    /** A user by name or number: from the local file, else from the machine's directory service. */
    static Optional<Account> find(String nameOrUid) {
        try (var lines = Files.lines(PASSWD, StandardCharsets.ISO_8859_1)) {
            Optional<Account> local = lines.flatMap(line -> parse(line).stream())
                    .filter(account -> account.isCalled(nameOrUid))
                    .findFirst();
            return local.isPresent() ? local : directory(nameOrUid);
        } catch (IOException e) {
            return directory(nameOrUid);
        }
    }

    private boolean isCalled(String nameOrUid) {
        return name.equals(nameOrUid) || Integer.toString(uid).equals(nameOrUid);
    }

    private static Optional<Account> directory(String nameOrUid) {
        try {
            Process process = new ProcessBuilder("getent", "passwd", "--", nameOrUid)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(LOOKUP_MAX_MS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return parse(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<Account> parse(String line) {
        String[] fields = line.split(":", -1);
        if (fields.length != 7 || !fields[2].matches("[0-9]{1,9}") || !fields[3].matches("[0-9]{1,9}")) {
            return Optional.empty();
        }
        String shell = fields[6].isEmpty() ? "/bin/sh" : fields[6];
        return Optional.of(
                new Account(fields[0], Integer.parseInt(fields[2]), Integer.parseInt(fields[3]), fields[5], shell));
    }
}
