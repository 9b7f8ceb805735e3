package dev.kalends.worker;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

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
                file(program, directory.resolve(program));
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

    private static void file(String program, Path file) throws CannotStartException {
        if (!Files.exists(file)) {
            throw new CannotStartException("no such program; program=" + program);
        }
        if (Files.isDirectory(file) || !Files.isExecutable(file)) {
            throw new CannotStartException("the file is not executable; program=" + program);
        }
    }
}
