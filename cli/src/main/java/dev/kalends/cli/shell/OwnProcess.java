package dev.kalends.cli.shell;

import dev.kalends.api.ErrorBody;
import dev.kalends.api.ErrorCode;
import dev.kalends.cli.io.Surroundings;
import dev.kalends.cli.output.ErrorLines;
import dev.kalends.cli.output.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a command line as a process of its own on the same terminal: one that wants the terminal for itself. */
final class OwnProcess {
    private static final int INTERRUPTED = 130;

    private OwnProcess() {}

    static int run(List<String> words, Surroundings surroundings) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.kalends.cli.main.Main"));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(surroundings.environment().valueByName());
        try {
            return builder.start().waitFor();
        } catch (IOException e) {
            ErrorBody body = new ErrorBody(
                    new ErrorBody.Detail(ErrorCode.FAILED.word(), "cannot start; reason=" + e.getMessage(), null));
            ErrorLines.print(surroundings.err(), body, Format.AUTO);
            return ErrorCode.FAILED.exitCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return INTERRUPTED;
        }
    }
}
