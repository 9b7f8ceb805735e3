package dev.kalends.node;

import dev.kalends.client.Tokens;
import dev.kalends.node.NodeConfig.Listen;
import dev.kalends.server.Principals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * The admin's token: made at a node's first start in its data directory, readable by its user only, and left where that
 * user's commands look for it.
 */
final class AdminToken {
    /** Its file in the data directory. */
    static final String FILE = "admin.token";

    private static final int RANDOM_BYTES = 32;
    private static final int FILE_BYTES_MAX = 4096;
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private AdminToken() {}

    /** The token of a data directory; makes one when there is none. */
    static String ofDirectory(Path dataDirectory) throws StartFailedException {
        Path file = dataDirectory.resolve(FILE);
        try {
            return read(file);
        } catch (NoSuchFileException e) {
            return make(file);
        } catch (IOException e) {
            throw failed("the admin's token cannot be read", file, e);
        }
    }

    /** The token that the nodes of a cluster share. */
    static String ofFile(Path file) throws StartFailedException {
        try {
            return read(file);
        } catch (IOException e) {
            throw failed("the shared token cannot be read", file, e);
        }
    }

    private static String read(Path file) throws IOException, StartFailedException {
        String token = Files.size(file) > FILE_BYTES_MAX
                ? ""
                : Files.readString(file, StandardCharsets.US_ASCII).strip();
        if (token.length() < Principals.TOKEN_CHARS_MIN) {
            throw new StartFailedException(
                    NodeExit.CONFIGURATION,
                    "the admin's token is too short to be one; file=" + file + " characters=" + token.length(),
                    "it has at least " + Principals.TOKEN_CHARS_MIN + " characters; a node that is alone makes another"
                            + " when the file is deleted");
        }
        return token;
    }

    private static String make(Path file) throws StartFailedException {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        try {
            write(file, token);
            return token;
        } catch (IOException e) {
            throw failed("the admin's token cannot be written", file, e);
        }
    }

    /** Leaves the token for commands that reach the node under its usual addresses; other users cannot read it. */
    static List<Path> leave(String token, Path directory, Listen listen) throws StartFailedException {
        List<String> hosts = new ArrayList<>();
        hosts.add(listen.host());
        if (!listen.beyondLoopback()
                || listen.host().equals("0.0.0.0")
                || listen.host().equals("::")) {
            hosts.addAll(List.of("127.0.0.1", "localhost"));
        }
        List<Path> files = new ArrayList<>();
        for (String host : hosts.stream().distinct().toList()) {
            Path file = directory.resolve(Tokens.fileName(host, listen.port()));
            try {
                Files.createDirectories(directory, OWNER_DIRECTORY);
                write(file, token);
                files.add(file);
            } catch (IOException e) {
                throw failed("the admin's token cannot be left for commands", file, e);
            }
        }
        return files;
    }

    /** Whole or not at all: a command never reads half a token. */
    private static void write(Path file, String token) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try {
            Files.createFile(fresh, OWNER_FILE);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("another process writes the same file", e);
        }
        Files.writeString(fresh, token + "\n", StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static StartFailedException failed(String what, Path file, IOException cause) {
        return new StartFailedException(
                NodeExit.UNAVAILABLE,
                what + "; file=" + file + " cause=" + cause.getClass().getSimpleName(),
                "check the directory's owner and permissions, and the disk",
                cause);
    }
}
