package dev.kalends.cli.testing;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of the system that tests ask; one that is missing fails the test, with the package that has it. */
public final class Tool {
    private static final int SECONDS_MAX = 60;

    private final String program;
    private final String debianPackage;
    private final Map<String, String> variables;

    private Tool(String program, String debianPackage, Map<String, String> variables) {
        this.program = program;
        this.debianPackage = debianPackage;
        this.variables = Map.copyOf(variables);
    }

    /** What a program wrote, its errors last, and how it ended. */
    public record Ended(int status, String output) {}

    public static Tool of(String program, String debianPackage) {
        return new Tool(program, debianPackage, Map.of());
    }

    /** The same with further environment variables. */
    public Tool with(Map<String, String> more) {
        return new Tool(program, debianPackage, more);
    }

    /** Runs it with nothing on stdin. */
    public Ended run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(variables);
        builder.redirectInput(Path.of("/dev/null").toFile());
        Path output = Files.createTempFile("tool", ".out");
        Path errors = Files.createTempFile("tool", ".err");
        builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
        try {
            Process process = start(builder);
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                fail(program + " did not end within " + SECONDS_MAX + " s; output=" + read(output));
            }
            return new Ended(process.exitValue(), read(output) + read(errors));
        } finally {
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        }
    }

    private Process start(ProcessBuilder builder) throws IOException {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IOException(
                    program + " is missing; scripts/test installs it, or: apt-get install " + debianPackage, e);
        }
    }

    private static String read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
