package dev.kalends.sim;

import dev.kalends.job.CatchUp;
import dev.kalends.job.JobPhase;
import dev.kalends.job.PauseOrder;
import dev.kalends.journal.StoreReader;
import dev.kalends.journal.StoreReader.JobRow;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** People who pause, resume, edit and make up for the past; at the end of a history they let everything go on. */
final class Holds {
    private static final int ALL = 1_000_000;

    private final Timeline timeline;
    private final House house;
    private final Clients clients;
    private final Random random;

    Holds(Timeline timeline, House house, Clients clients, Random random) {
        this.timeline = timeline;
        this.house = house;
        this.clients = clients;
        this.random = random;
    }

    /** Does one of it to a job, or to everything in its partition. */
    void act(ModelJob job) {
        switch (random.nextInt(8)) {
            case 0, 1 -> pause(job);
            case 2, 3 -> resume(job);
            case 4 -> pauseAll(job);
            case 5 -> resumeAll(job.id.partition(), policy());
            case 6 -> edit(job);
            case 7 -> backfill(job);
            default -> throw new IllegalStateException("no such action");
        }
    }

    private Optional<CatchUp> policy() {
        return random.nextInt(3) == 0
                ? Optional.empty()
                : Optional.of(CatchUp.values()[random.nextInt(CatchUp.values().length)]);
    }

    private Command.Hold hold() {
        return new Command.Hold(
                random.nextInt(4) == 0 ? Optional.of(1_000L + random.nextInt(60_000)) : Optional.empty(),
                Optional.of("simulated"));
    }

    private void pause(ModelJob job) {
        Command.Hold hold = hold();
        // A pause that ends by itself ends by the wall clock, which jumps: nothing is claimed of it.
        boolean open = hold.forMs().isEmpty();
        job.everHeld = true;
        if (!open) {
            loosens(job);
        }
        int loosenings = job.loosenings;
        Command.PauseJobs pause = new Command.PauseJobs(clients.requestId(), List.of(job.id), hold);
        clients.send(job.id.partition(), pause, reply -> {
            String outcome = ((Reply.Acted) reply).acts().getFirst().outcome();
            if (!open) {
                loosened(job);
            } else if (outcome.equals("paused") && loosenings == job.loosenings) {
                job.held(timeline.elapsedMs());
            }
            timeline.log(outcome + " " + job.id + (open ? "" : " for a while"));
        });
    }

    private static void loosens(ModelJob job) {
        job.goesOn();
        job.loosenings++;
        job.looseningRequests++;
    }

    private static void loosened(ModelJob job) {
        job.goesOn();
        job.looseningRequests--;
    }

    private void resume(ModelJob job) {
        loosens(job);
        Command.ResumeJobs resume = new Command.ResumeJobs(clients.requestId(), List.of(job.id), policy());
        clients.send(job.id.partition(), resume, reply -> {
            loosened(job);
            Reply.Act act = ((Reply.Acted) reply).acts().getFirst();
            timeline.log(act.outcome() + " " + job.id + " " + resume.catchUp() + " " + act.detail());
        });
    }

    private void pauseAll(ModelJob job) {
        int partition = job.id.partition();
        clients.accepted().stream()
                .filter(one -> one.id.partition() == partition)
                .forEach(one -> one.everHeld = true);
        Command.PauseAll pause = new Command.PauseAll(clients.requestId(), Optional.empty(), hold());
        clients.everHeldLater(partition);
        clients.send(partition, pause, _ -> timeline.log("everything paused in " + partition));
    }

    private void resumeAll(int partition, Optional<CatchUp> policy) {
        Command.ResumeAll resume = new Command.ResumeAll(clients.requestId(), Optional.empty(), policy);
        clients.send(
                partition,
                resume,
                reply -> timeline.log(
                        ((Reply.Acted) reply).acts().getFirst().outcome() + " everything in " + partition));
    }

    /** The same schedule with other attempts: what it names stays the same. */
    private void edit(ModelJob job) {
        if (job.kind != ModelJob.Kind.CRON_MINUTES && job.kind != ModelJob.Kind.CRON_SECONDS) {
            return;
        }
        StoreReader reader = house.truth(job.id.partition()).reader();
        int generation = reader.job(job.id).map(row -> row.spec().generation()).orElse(1);
        job.edited = true;
        job.recipe().attempts(1 + random.nextInt(4));
        Command.Edit edit = new Command.Edit(
                clients.requestId(), job.id, generation, job.recipe().draft());
        clients.send(job.id.partition(), edit, reply -> timeline.log("edit of " + job.id + ": " + reply));
    }

    private void backfill(ModelJob job) {
        if (job.kind != ModelJob.Kind.CRON_MINUTES && job.kind != ModelJob.Kind.CRON_SECONDS) {
            return;
        }
        job.backfillRequests++;
        long nowMs = timeline.clock.nowMs();
        Command.Backfill backfill = new Command.Backfill(
                clients.requestId(), job.id, nowMs - random.nextInt(240_000), nowMs, 1 + random.nextInt(5));
        clients.send(job.id.partition(), backfill, reply -> timeline.log("backfill of " + job.id + ": " + reply));
    }

    /** Lets go on whatever is held back. */
    void release() {
        clients.accepted().forEach(ModelJob::goesOn);
        for (int partition = 0; partition < house.partitions(); partition++) {
            StoreReader reader = house.truth(partition).reader();
            if (reader.pauses().stream().anyMatch(PauseOrder::holds)) {
                resumeAll(partition, policy());
            }
            reader.jobs(Optional.empty(), Holds::paused, ALL, ALL).rows().forEach(row -> {
                Command.ResumeJobs resume = new Command.ResumeJobs(
                        clients.requestId(), List.of(row.spec().id()), policy());
                clients.send(
                        row.spec().id().partition(),
                        resume,
                        _ -> timeline.log("goes on: " + row.spec().id()));
            });
        }
    }

    /** Whether something is still held back, or being made up for. */
    boolean any() {
        for (int partition = 0; partition < house.partitions(); partition++) {
            StoreReader reader = house.truth(partition).reader();
            if (!reader.pauses().isEmpty()
                    || !reader.backfills().isEmpty()
                    || !reader.jobs(Optional.empty(), Holds::paused, 1, ALL)
                            .rows()
                            .isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static boolean paused(JobRow row) {
        return row.state().filter(state -> state.phase() == JobPhase.PAUSED).isPresent();
    }
}
