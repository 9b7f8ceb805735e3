package dev.kalends.worker;

import dev.kalends.time.MonotonicClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A process that executes one command, says what the command says, and waits to be killed. */
final class OrphanedWorker {
    private OrphanedWorker() {}

    public static void main(String[] args) throws InterruptedException {
        Confinement confinement = Confinement.probe(HostTools.find(), Optional.of(Isolation.valueOf(args[0])));
        Execution execution = Grants.shell(args[1]).execution();
        Thread.ofPlatform().daemon().start(() -> relay(execution));
        CommandExecutor executor = new CommandExecutor(
                new CommandSettings(confinement, Duration.ofSeconds(10), System.getenv(), MonotonicClock.system()));
        System.out.println(executor.execute(execution));
    }

    private static void relay(Execution execution) {
        while (execution.output().written() == 0) {
            Thread.onSpinWait();
        }
        System.out.print(new String(execution.output().read(0, 100).bytes(), StandardCharsets.UTF_8));
        System.out.flush();
    }
}
