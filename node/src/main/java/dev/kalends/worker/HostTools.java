package dev.kalends.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Programs of the machine that keep a command's processes together. They are found once, by absolute path. */
record HostTools(Optional<String> sh, Optional<String> setsid, Optional<String> unshare, Optional<String> setpriv) {
    private static final List<String> DIRECTORIES = List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin");

    /** The script in which a command's parent is written, without its comments: users see it in ps. */
    static final String SUPERVISOR = script();

    static HostTools find() {
        return new HostTools(find("sh"), find("setsid"), find("unshare"), find("setpriv"));
    }

    private static Optional<String> find(String name) {
        return DIRECTORIES.stream()
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static String script() {
        try (InputStream in = HostTools.class.getResourceAsStream("supervisor.sh")) {
            if (in == null) {
                throw new IllegalStateException("a resource is missing; resource=supervisor.sh");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.stripLeading().startsWith("#"))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new IllegalStateException("a resource cannot be read; resource=supervisor.sh", e);
        }
    }
}
