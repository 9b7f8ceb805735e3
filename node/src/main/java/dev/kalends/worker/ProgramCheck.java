package dev.kalends.worker;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Looks at what a command needs before it is started: afterwards a shell's 127 could be the command's own. */
final class ProgramCheck {
    private ProgramCheck() {}

    static void directory(Path directory) throws CannotStartException {
        if (!Files.isDirectory(directory)) {
            throw new CannotStartException("no such directory; cwd=" + directory);
        }
    }

    /** Searches a program as the kernel and the C library do. */
    static void program(String program, Path directory, String searchPath) throws CannotStartException {
        if (program.isEmpty()) {
            throw new CannotStartException("the program's name is empty; program=");
        }
        try {
            if (program.indexOf('/') >= 0) {
                check(program, directory.resolve(program))
                        .orElseThrow(() -> new CannotStartException("no such program; program=" + program));
                return;
            }
            for (String place : searchPath.split(File.pathSeparator, -1)) {
                if (Files.isExecutable(directory.resolve(place).resolve(program))) {
                    return;
                }
            }
        } catch (InvalidPathException e) {
            throw new CannotStartException("the program's name is none; program=" + program);
        }
        throw new CannotStartException("no such program; program=" + program + " PATH=" + searchPath);
    }

    private static Optional<Path> check(String program, Path file) throws CannotStartException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (Files.isDirectory(file) || !Files.isExecutable(file)) {
            throw new CannotStartException("the file is not executable; program=" + program);
        }
        return Optional.of(file);
    }
}
