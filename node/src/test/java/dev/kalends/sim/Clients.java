package dev.kalends.sim;

import dev.kalends.job.JobId;
import dev.kalends.job.RunId;
import dev.kalends.journal.StoreReader;
import dev.kalends.partition.Command;
import dev.kalends.partition.Draft;
import dev.kalends.partition.Reply;
import dev.kalends.partition.Seen;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** People and programs that submit, cancel, trigger and redrive. Each request is sent until it is answered. */
final class Clients {
    private static final long TIMEOUT_MS = 5_000;
    private static final int FAR_JOBS = 300;

    private final Timeline timeline;
    private final Network network;
    private final House house;
    private final Model model;
    private final Random random;
    private final Holds holds;
    private final Set<Integer> heldPartitions = new HashSet<>();
    private final List<ModelJob> accepted = new ArrayList<>();
    private int requests;
    private int unanswered;

    Clients(Timeline timeline, Network network, House house, Model model, Random random) {
        this.timeline = timeline;
        this.network = network;
        this.house = house;
        this.model = model;
        this.random = random;
        this.holds = new Holds(timeline, house, this, random);
    }

    /** Plans a history's requests. */
    void begin(int actions, long withinMs) {
        if (random.nextInt(6) == 0) {
            submitFar();
        }
        for (int i = 0; i < actions; i++) {
            int number = i;
            timeline.after(random.nextLong(withinMs), () -> act(number));
        }
    }

    boolean idle() {
        return unanswered == 0;
    }

    private void act(int number) {
        if (accepted.isEmpty() || random.nextInt(2) == 0) {
            submit(number);
            return;
        }
        ModelJob job = accepted.get(random.nextInt(accepted.size()));
        switch (random.nextInt(10)) {
            case 0 -> cancel(job);
            case 1, 2 -> trigger(job);
            case 3 -> {
                if (number % 2 == 0) {
                    release(job.id.partition());
                } else {
                    cancelRun(job);
                }
            }
            case 4 -> rerun(job);
            case 5, 6 -> redrive(job.id.partition());
            case 7, 8, 9 -> holds.act(job);
            default -> throw new IllegalStateException("no such action");
        }
    }

    /** What is done so that everything comes to its end. */
    Holds holds() {
        return holds;
    }

    List<ModelJob> accepted() {
        return accepted;
    }

    /** Jobs whose acceptance is not known yet may meet a pause of everything, too. */
    void everHeldLater(int partition) {
        heldPartitions.add(partition);
    }

    String requestId() {
        return "req-" + ++requests;
    }

    /** Ids of the requests that were made last. */
    List<String> lastRequests(int count) {
        return IntStream.rangeClosed(Math.max(1, requests - count + 1), requests)
                .mapToObj(number -> "req-" + number)
                .toList();
    }

    private void submit(int number) {
        ModelJob job = new ModelJob(random, number);
        int partition = random.nextInt(house.partitions());
        job.submittedElapsedMs = timeline.elapsedMs();
        submit(job, partition);
        if (job.keyed) {
            timeline.after(random.nextInt(30_000), () -> submit(job, partition));
        }
    }

    private void submit(ModelJob job, int partition) {
        Command.Submit submit =
                new Command.Submit(requestId(), 1, List.of(job.recipe().draft()));
        send(partition, submit, reply -> {
            Reply.Line line = ((Reply.Submitted) reply).lines().getFirst();
            line.job().ifPresent(id -> learn(job, id, line.nextDueMs(), line.created()));
        });
    }

    private void submitFar() {
        List<ModelJob> jobs = new ArrayList<>();
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < FAR_JOBS; i++) {
            jobs.add(ModelJob.far());
            drafts.add(jobs.getLast().recipe().draft());
        }
        send(0, new Command.Submit(requestId(), 1, drafts), reply -> {
            List<Reply.Line> lines = ((Reply.Submitted) reply).lines();
            for (int i = 0; i < lines.size(); i++) {
                learn(
                        jobs.get(i),
                        lines.get(i).job().orElseThrow(),
                        lines.get(i).nextDueMs(),
                        true);
            }
        });
    }

    private void learn(ModelJob job, JobId id, long nextDueMs, boolean created) {
        if (job.firstMs >= 0 || model.jobById.containsKey(id)) {
            if (!job.id.equals(id)) {
                throw new Violation(
                        Invariant.SAME_REQUEST_SAME_ANSWER,
                        "one key, two jobs; key made " + job.id + " and now names " + id + " created=" + created);
            }
            return;
        }
        job.id = id;
        // The answer of a keyed submit that came second names a later fire than the first.
        job.firstMs = created ? Math.max(0, nextDueMs) : Long.MAX_VALUE;
        model.jobById.put(id, job);
        if (job.kind != ModelJob.Kind.FAR) {
            accepted.add(job);
            job.everHeld |= heldPartitions.contains(id.partition());
            timeline.log("accepted " + id + " " + job.kind + " first=" + nextDueMs + " " + job.overlap + " "
                    + job.catchUp + (job.deadline ? " deadline" : ""));
        }
    }

    private void cancel(ModelJob job) {
        if (job.cancelSentElapsedMs == Long.MAX_VALUE && random.nextInt(2) == 0) {
            job.cancelSentElapsedMs = timeline.elapsedMs();
            job.cancelSentWallMs = timeline.clock.nowMs();
            Command.Stop stop = random.nextBoolean() ? Command.Stop.STOP_RUNNING : Command.Stop.LET_FINISH;
            send(job.id.partition(), new Command.Cancel(requestId(), job.id, stop), reply -> {
                String outcome = ((Reply.Acted) reply).acts().getFirst().outcome();
                if (outcome.equals("cancelled")) {
                    job.cancelAckedElapsedMs = timeline.elapsedMs();
                }
                timeline.log(outcome + " " + job.id);
            });
        }
    }

    private void trigger(ModelJob job) {
        job.manualRequests++;
        Command.Force force = random.nextInt(3) == 0 ? Command.Force.IGNORE : Command.Force.HEED;
        send(job.id.partition(), new Command.Trigger(requestId(), job.id, force), _ -> {});
    }

    private void cancelRun(ModelJob job) {
        StoreReader reader = house.truth(job.id.partition()).reader();
        Optional<RunId> run =
                reader.openRuns(job.id).stream().map(open -> open.id()).findFirst();
        run.ifPresent(id -> {
            job.runCancelled = true;
            send(
                    job.id.partition(),
                    new Command.CancelRun(requestId(), id, Command.Stop.STOP_RUNNING),
                    _ -> timeline.log("cancelled run " + id));
        });
    }

    /** Of any job: few runs are leased at a time. A token that is stale when it arrives changes nothing. */
    private void release(int partition) {
        StoreReader reader = house.truth(partition).reader();
        reader.openRuns(Optional.empty(), run -> run.lease().isPresent(), 1).forEach(run -> {
            Command.Release release = new Command.Release(requestId(), run.id());
            Seen seen = new Seen.RunToken(run.id(), run.lease().orElseThrow().token());
            send(
                    partition,
                    new Command.IfUnchanged(List.of(seen), release),
                    reply -> timeline.log("release of " + run.id() + ": " + reply));
        });
    }

    private void rerun(ModelJob job) {
        StoreReader reader = house.truth(job.id.partition()).reader();
        reader.history(job.id, Long.MAX_VALUE, 1).forEach(run -> {
            job.manualRequests++;
            send(job.id.partition(), new Command.Rerun(requestId(), run.id()), _ -> {});
        });
    }

    private void redrive(int partition) {
        StoreReader reader = house.truth(partition).reader();
        List<RunId> dead = reader.dead(Optional.empty(), _ -> true, 3).stream()
                .map(letter -> letter.run().id())
                .toList();
        if (!dead.isEmpty()) {
            send(partition, new Command.Redrive(requestId(), dead), _ -> timeline.log("redrove " + dead));
        }
    }

    /** Sends a request until it is answered, and sometimes again later: the answer must be the same. */
    void send(int partition, Command.Requested command, Consumer<Reply> first) {
        unanswered++;
        Door door = house.door(random);
        network.call(
                door.trip(TIMEOUT_MS),
                () -> door.ask(partition, command),
                reply -> {
                    unanswered--;
                    first.accept(reply);
                    if (random.nextInt(4) == 0) {
                        timeline.after(random.nextInt(60_000), () -> again(partition, command, reply));
                    }
                },
                () -> timeline.after(200 + random.nextInt(2_000), () -> {
                    unanswered--;
                    send(partition, command, first);
                }));
    }

    private void again(int partition, Command.Requested command, Reply before) {
        unanswered++;
        Door door = house.door(random);
        network.call(
                door.trip(TIMEOUT_MS),
                () -> door.ask(partition, command),
                reply -> {
                    unanswered--;
                    if (!reply.equals(before)) {
                        throw new Violation(
                                Invariant.SAME_REQUEST_SAME_ANSWER,
                                "request " + command.requestId() + " was answered " + before + " and then " + reply);
                    }
                },
                () -> unanswered--);
    }
}
