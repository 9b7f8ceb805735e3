package dev.kalends.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kalends.job.AttemptEnd;
import dev.kalends.job.Limits;
import dev.kalends.time.MonotonicClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Real processes, under every isolation that this machine has. */
final class CommandExecutorTest {
    private static final Map<Isolation, CommandExecutor> EXECUTORS = new EnumMap<>(Isolation.class);

    private static CommandExecutor executor(Isolation isolation) {
        return EXECUTORS.computeIfAbsent(isolation, wanted -> executor(wanted, Duration.ofMillis(300)));
    }

    private static CommandExecutor executor(Isolation isolation, Duration grace) {
        Map<String, String> environment =
                Map.of("PATH", "/usr/local/bin:/usr/bin:/bin", "LC_TIME", "C", "DATABASE_PASSWORD", "hunter2");
        Confinement confinement = Confinement.probe(HostTools.find(), Optional.of(isolation));
        return new CommandExecutor(new CommandSettings(confinement, grace, environment, MonotonicClock.system()));
    }

    private static String text(Execution execution) {
        return new String(execution.output().read(0, Limits.OUTPUT_BYTES_MAX).bytes(), UTF_8);
    }

    private static Outcome failed(int code, String error) {
        return new Outcome(AttemptEnd.FAILED, Optional.of(code), Optional.of(error), 0);
    }

    @ParameterizedTest
    @EnumSource
    void succeedsWithItsOutputInOrder(Isolation isolation) throws InterruptedException {
        Execution execution = Grants.shell("echo one; echo two >&2; echo three").execution();
        assertEquals(
                new Outcome(AttemptEnd.SUCCEEDED, Optional.of(0), Optional.empty(), 0),
                executor(isolation).execute(execution));
        assertEquals("one\ntwo\nthree\n", text(execution));
    }

    @ParameterizedTest
    @EnumSource
    void argumentsArriveAsTheyAre(Isolation isolation) throws InterruptedException {
        Execution execution = Grants.command("printf", "[%s]", "a b", "", "$HOME", "*", "--", "'q\"", "-e", "ü\n")
                .execution();
        assertEquals(
                AttemptEnd.SUCCEEDED, executor(isolation).execute(execution).end());
        assertEquals("[a b][][$HOME][*][--]['q\"][-e][ü\n]", text(execution));
    }

    @ParameterizedTest
    @EnumSource
    void failuresNameTheStatusAndTheLastLine(Isolation isolation) throws InterruptedException {
        CommandExecutor executor = executor(isolation);
        assertEquals(
                failed(3, "exit 3: disk full"),
                executor.execute(Grants.shell("echo start; printf '\\033[31mdisk\\007full\\033[0m\\n\\n'; exit 3")
                        .execution()));
        assertEquals(
                failed(127, "exit 127"),
                executor.execute(Grants.shell("exit 127").execution()));
        assertEquals(
                failed(137, "signal KILL"),
                executor.execute(Grants.shell("kill -KILL $$").execution()));
        assertEquals(
                failed(143, "signal TERM: bye"),
                executor.execute(Grants.shell("echo bye; kill -TERM $$").execution()));
    }

    @ParameterizedTest
    @EnumSource
    void stdinArrivesWholeOrIsEmpty(Isolation isolation) throws InterruptedException {
        String payload = "0123456789abcde\n".repeat(Limits.BODY_BYTES_MAX / 16);
        Execution whole = Grants.shell("wc -c; true").stdin(payload).execution();
        assertEquals(AttemptEnd.SUCCEEDED, executor(isolation).execute(whole).end());
        assertEquals(Integer.toString(Limits.BODY_BYTES_MAX), text(whole).strip());
        Execution empty = Grants.command("cat").execution();
        assertEquals(AttemptEnd.SUCCEEDED, executor(isolation).execute(empty).end());
        assertEquals("", text(empty));
        Execution unread = Grants.command("true").stdin(payload).execution();
        assertEquals(AttemptEnd.SUCCEEDED, executor(isolation).execute(unread).end());
    }

    @ParameterizedTest
    @EnumSource
    void theEnvironmentIsAnAllowList(Isolation isolation) throws InterruptedException {
        Execution execution =
                Grants.command("env").env(Map.of("GREETING", "hello world")).execution();
        executor(isolation).execute(execution);
        List<String> lines = text(execution).lines().toList();
        for (String expected : List.of(
                "GREETING=hello world",
                "LC_TIME=C",
                "PATH=/usr/local/bin:/usr/bin:/bin",
                "KALENDS_RUN_ID=7m2r3tx01k9qf@20260308T070000Z",
                "KALENDS_ATTEMPT=2",
                "KALENDS_TOKEN=1",
                "KALENDS_NOMINAL=2026-03-08T07:00:00.000Z",
                "KALENDS_TENANT=default")) {
            assertTrue(lines.contains(expected), () -> expected + " in " + lines);
        }
        assertFalse(text(execution).contains("hunter2"), () -> "a secret of the worker got through: " + lines);
    }

    @ParameterizedTest
    @EnumSource
    void aTimeoutIsAskedThenForced(Isolation isolation) throws InterruptedException {
        Execution polite = Grants.shell("trap 'echo bye; exit 0' TERM; while :; do sleep 0.05; done")
                .timeoutMs(200)
                .execution();
        Outcome asked = executor(isolation).execute(polite);
        assertEquals(AttemptEnd.TIMED_OUT, asked.end());
        assertEquals(Optional.of("timeout after 200ms: bye"), asked.error());
        // No shell remains that might live long enough to say that its child was killed.
        Execution deaf =
                Grants.shell("trap '' TERM; exec sleep 60").timeoutMs(200).execution();
        Outcome forced = executor(isolation).execute(deaf);
        assertEquals(AttemptEnd.TIMED_OUT, forced.end());
        assertEquals(Optional.of("timeout after 200ms"), forced.error());
    }

    @ParameterizedTest
    @EnumSource
    void aSignalStopsIt(Isolation isolation) throws Exception {
        for (StopSignal.Reason reason : List.of(StopSignal.Reason.CANCELLED, StopSignal.Reason.LOST)) {
            Execution execution =
                    Grants.shell("echo up; trap '' TERM; sleep 60; sleep 60").execution();
            CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(() -> run(isolation, execution));
            execution.stop().raise(reason);
            AttemptEnd end = outcome.get(5, TimeUnit.SECONDS).end();
            assertEquals(reason == StopSignal.Reason.LOST ? AttemptEnd.LOST : AttemptEnd.CANCELLED, end);
        }
    }

    private static Outcome run(Isolation isolation, Execution execution) {
        try {
            return executor(isolation).execute(execution);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFloodOfOutputCostsNoMemory() throws InterruptedException {
        Isolation isolation = Isolation.SUPERVISED;
        Execution execution = Grants.shell("yes 0123456789abcde | head -c 200000000; echo the end")
                .execution();
        assertEquals(
                AttemptEnd.SUCCEEDED, executor(isolation).execute(execution).end());
        assertEquals(200_000_000 + 8, execution.output().written());
        OutputTail.Piece tail = execution.output().read(0, Integer.MAX_VALUE);
        assertEquals(Limits.OUTPUT_BYTES_MAX, tail.bytes().length);
        assertEquals(execution.output().written(), tail.end());
        assertTrue(new String(tail.bytes(), UTF_8).endsWith("\nthe end\n"));
    }

    @ParameterizedTest
    @EnumSource(names = {"PID_NAMESPACE", "SUPERVISED"})
    void whatACommandLeavesBehindDiesWithIt(Isolation isolation) throws InterruptedException {
        String mark = "301." + System.nanoTime();
        Execution execution = Grants.shell("sleep " + mark + " & sleep " + mark + " & echo done")
                .execution();
        assertEquals(
                AttemptEnd.SUCCEEDED, executor(isolation).execute(execution).end());
        Strays.awaitNone(mark);
    }

    @ParameterizedTest
    @CsvSource({
        "/no/such/program, no such program",
        "no-such-program, no such program",
        "/etc/passwd, the file is not executable",
        "/etc, the file is not executable",
    })
    void aProgramThatCannotStartIsSaid(String program, String reason) throws InterruptedException {
        Outcome outcome =
                executor(Isolation.SUPERVISED).execute(Grants.command(program).execution());
        assertEquals(AttemptEnd.FAILED, outcome.end());
        assertEquals(Optional.empty(), outcome.exitCode());
        String error = outcome.error().orElseThrow();
        assertTrue(error.startsWith("cannot start: " + reason + "; program=" + program), error);
    }

    @Test
    void otherThingsThatCannotStartAreSaid(@TempDir Path directory) throws Exception {
        CommandExecutor executor = executor(Isolation.SUPERVISED);
        assertEquals(
                Optional.of("cannot start: no such directory; cwd=/no/such/dir"),
                executor.execute(Grants.command("true").cwd("/no/such/dir").execution())
                        .error());
        assertEquals(
                Optional.of("cannot start: there is no such user here; user=nobody-of-this-name"),
                executor.execute(Grants.command("true")
                                .user("nobody-of-this-name")
                                .execution())
                        .error());
        assertEquals(
                Optional.of("cannot start: this worker has no sandbox; sandbox=required"),
                executor.execute(Grants.command("true").sandbox("required").execution())
                        .error());
        assertEquals(
                Optional.of("cannot start: the program's name is empty; program="),
                executor.execute(Grants.command("").execution()).error());
        Path script = Files.writeString(directory.resolve("job"), "#!/bin/sh\npwd\n");
        assertTrue(script.toFile().setExecutable(true));
        Execution relative = Grants.command("./job").cwd(directory.toString()).execution();
        assertEquals(AttemptEnd.SUCCEEDED, executor.execute(relative).end());
        assertEquals(directory.toRealPath().toString(), text(relative).strip());
    }

    @ParameterizedTest
    @EnumSource
    void aRootWorkerStartsCommandsOfOthers(Isolation isolation) throws InterruptedException {
        assumeTrue(Account.self().isRoot(), "only root becomes somebody else");
        Execution execution = Grants.shell("id -un; id -gn; id -Gn; echo $HOME $USER")
                .user("nobody")
                .stdin("x")
                .execution();
        assertEquals(
                AttemptEnd.SUCCEEDED, executor(isolation).execute(execution).end());
        List<String> lines = text(execution).lines().toList();
        Account nobody = Account.find("nobody").orElseThrow();
        assertEquals("nobody", lines.getFirst());
        assertEquals(lines.get(1), lines.get(2), "supplementary groups of the worker got through");
        assertEquals(nobody.home() + " nobody", lines.get(3));
    }
}
