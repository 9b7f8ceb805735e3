package dev.kalends.worker;

import dev.kalends.api.Grant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Executes programs: an argument vector, never a shell string, in a process group of its own.
 *
 * <p>The program's parent is {@code supervisor.sh}, whose stdin is a pipe from the worker. By it the worker asks for
 * TERM and KILL; when the worker dies, by whatever signal, the pipe ends and the supervisor kills everything. So stdin
 * for the program goes through a file, which is unlinked before the program starts.
 */
final class CommandExecutor implements Executor {
    private final CommandSettings settings;

    CommandExecutor(CommandSettings settings) {
        this.settings = settings;
    }

    @Override
    public Outcome execute(Execution execution) throws InterruptedException {
        Optional<Path> stdin = Optional.empty();
        try {
            Grant grant = execution.grant();
            ProcessBuilder builder = prepare(grant);
            stdin = stdinFile(grant);
            builder.command(command(grant, builder.command(), stdin));
            return new CommandRun(settings, execution, builder.start()).run(stdin);
        } catch (CannotStartException e) {
            return e.outcome();
        } catch (IOException e) {
            return new CannotStartException(e.getMessage() + "; program="
                            + Optional.ofNullable(execution.grant().command())
                                    .map(List::getFirst)
                                    .orElse(""))
                    .outcome();
        } finally {
            if (stdin.isPresent()) {
                deleteQuietly(stdin.get());
            }
        }
    }

    private ProcessBuilder prepare(Grant grant) throws CannotStartException {
        List<String> argv = grant.command() == null ? List.of() : grant.command();
        if (argv.isEmpty()) {
            throw new CannotStartException("the command is empty; command=[]");
        }
        if (grant.sandbox() != null && !grant.sandbox().equals("none")) {
            throw new CannotStartException("this worker has no sandbox; sandbox=" + grant.sandbox());
        }
        Optional<Account> user = otherUser(grant);
        Map<String, String> environment = ChildEnvironment.of(settings.environment(), grant, user);
        Path directory = Path.of(grant.cwd() == null ? "" : grant.cwd()).toAbsolutePath();
        ProgramCheck.directory(directory);
        ProgramCheck.program(argv.getFirst(), directory, environment.getOrDefault("PATH", ""));
        ProcessBuilder builder = new ProcessBuilder(asUser(user, argv));
        builder.directory(directory.toFile()).redirectErrorStream(true);
        try {
            builder.environment().clear();
            builder.environment().putAll(environment);
        } catch (IllegalArgumentException e) {
            throw new CannotStartException("a variable cannot be set; reason=" + e.getMessage());
        }
        return builder;
    }

    private static Optional<Account> otherUser(Grant grant) throws CannotStartException {
        if (grant.user() == null) {
            return Optional.empty();
        }
        Account wanted = Account.find(grant.user())
                .orElseThrow(() -> new CannotStartException("there is no such user here; user=" + grant.user()));
        Account self = Account.self();
        if (wanted.uid() == self.uid()) {
            return Optional.empty();
        }
        if (!self.isRoot()) {
            throw new CannotStartException(
                    "only a worker of root starts commands of others; user=" + grant.user() + " worker=" + self.name());
        }
        return Optional.of(wanted);
    }

    private List<String> asUser(Optional<Account> user, List<String> argv) throws CannotStartException {
        if (user.isEmpty()) {
            return argv;
        }
        String setpriv = settings.confinement()
                .setpriv()
                .orElseThrow(() -> new CannotStartException(
                        "setpriv of util-linux is missing; user=" + user.get().name()));
        List<String> line = new ArrayList<>(List.of(
                setpriv, "--reuid=" + user.get().uid(), "--regid=" + user.get().gid(), "--init-groups", "--"));
        line.addAll(argv);
        return line;
    }

    private List<String> command(Grant grant, List<String> line, Optional<Path> stdin) {
        return settings.confinement().wrap(line, stdin.map(Path::toString), grant.run() + "#" + grant.token());
    }

    private Optional<Path> stdinFile(Grant grant) throws IOException {
        if (grant.stdin() == null || grant.stdin().isEmpty()) {
            return Optional.empty();
        }
        Path file = Files.createTempFile("kalends-", ".stdin");
        Files.write(file, grant.stdin().getBytes(StandardCharsets.UTF_8));
        return Optional.of(file);
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The supervisor unlinks it as well; what neither can is left to whoever cleans the directory.
        }
    }
}
