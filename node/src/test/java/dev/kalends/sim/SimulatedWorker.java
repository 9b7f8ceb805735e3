package dev.kalends.sim;

import dev.kalends.api.ClaimAnswer;
import dev.kalends.api.ClaimRequest;
import dev.kalends.api.Grant;
import dev.kalends.api.LeaseName;
import dev.kalends.api.RenewAnswer;
import dev.kalends.api.RenewRequest;
import dev.kalends.api.ReportRequest;
import dev.kalends.job.AttemptEnd;
import dev.kalends.worker.SimulatedBook;
import dev.kalends.worker.Worker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A worker process: the real lease book, simulated executions. It may die, or freeze and come back as a zombie. */
final class SimulatedWorker {
    private static final long TICK_MS = 200;
    private static final long PARK_MS = Worker.PARK_MS;
    private static final long TIMEOUT_MS = 10_000;

    private final String id;
    private final int slots;
    private final Timeline timeline;
    private final WorkerLink link;
    private final Model model;
    private final Random random;
    private final PlantedBug bug;
    private final SimulatedBook book;
    private final Map<String, Grant> executingByKey = new LinkedHashMap<>();
    private final List<Runnable> backlog = new ArrayList<>();
    private boolean dead;
    private boolean frozen;
    private boolean claiming;
    private boolean ticking;

    SimulatedWorker(String id, WorkerLink link, Model model, Random random, PlantedBug bug) {
        this.id = id;
        this.slots = 1 + random.nextInt(4);
        this.timeline = link.timeline();
        this.link = link;
        this.model = model;
        this.random = random;
        this.bug = bug;
        this.book = new SimulatedBook(id, timeline.clock);
    }

    void start() {
        claim();
    }

    /** It dies with its executions. */
    void kill() {
        timeline.log(id + " dies");
        dead = true;
        executingByKey.values().forEach(model::ended);
        executingByKey.clear();
    }

    /** Whether it has free slots and waits for work. */
    boolean asks() {
        return claiming && !dead && !frozen;
    }

    boolean dead() {
        return dead;
    }

    /** It stands still: time passes, nothing of it moves. */
    void freeze(long ms) {
        timeline.log(id + " freezes for " + ms);
        frozen = true;
        executingByKey.values().forEach(grant -> model.frozen(grant, true));
        timeline.after(ms, () -> {
            frozen = false;
            if (!dead) {
                timeline.log(id + " thaws");
                stop(book.overdue());
                executingByKey.values().forEach(grant -> model.frozen(grant, false));
                List<Runnable> missed = List.copyOf(backlog);
                backlog.clear();
                missed.forEach(this::live);
            }
        });
    }

    /** Does something of this worker, unless it is dead; later, if it is frozen. */
    private void live(Runnable what) {
        if (dead) {
            return;
        }
        if (frozen) {
            backlog.add(what);
        } else {
            what.run();
        }
    }

    private void after(long ms, Runnable what) {
        timeline.after(ms, () -> live(what));
    }

    private void claim() {
        int free = slots - executingByKey.size();
        if (claiming || free <= 0) {
            return;
        }
        claiming = true;
        SimulatedBook.Mark sentAt = book.mark();
        long sentMs = timeline.elapsedMs();
        link.claim(
                id,
                free,
                PARK_MS,
                TIMEOUT_MS,
                answer -> live(() -> claimed(answer, sentAt, sentMs)),
                () -> live(() -> {
                    claiming = false;
                    after(500, this::claim);
                }));
    }

    private void claimed(ClaimAnswer answer, SimulatedBook.Mark sentAt, long sentMs) {
        claiming = false;
        long taking =
                answer.grants().stream().filter(SimulatedWorker::takesSlot).count();
        if (executingByKey.size() + taking > slots) {
            throw new Violation(Invariant.NO_OVERCOMMIT, id + " has more than its slots; slots=" + slots);
        }
        for (Grant grant : book.granted(asBugHasIt(answer), sentAt)) {
            model.started(grant, id, sentMs - WorkerLink.ageMs(answer));
            if (takesSlot(grant)) {
                executingByKey.put(key(grant.run(), grant.token()), grant);
                after(durationMs(), () -> finish(key(grant.run(), grant.token()), outcome()));
            } else {
                model.ended(grant);
                book.finished(grant, AttemptEnd.SUCCEEDED);
            }
        }
        tick();
        claim();
    }

    /** A planted bug answers a leader's question itself, so that the book knows nothing of it. */
    private ClaimAnswer asBugHasIt(ClaimAnswer answer) {
        List<LeaseName> doubted = answer.doubted();
        boolean all = bug == PlantedBug.DISOWNS_WHAT_IT_HOLDS;
        if (doubted == null || doubted.isEmpty() || (!all && bug != PlantedBug.TAKES_WHAT_IT_DISOWNED)) {
            return answer;
        }
        List<LeaseName> disowned = doubted.stream()
                .filter(lease ->
                        all || (book.reports() == 0 && !executingByKey.containsKey(key(lease.run(), lease.token()))))
                .toList();
        link.renew(new RenewRequest(ClaimRequest.PROTOCOL, id, List.of(), disowned), TIMEOUT_MS, _ -> {}, () -> {});
        return new ClaimAnswer(answer.grants(), answer.ttlMs(), null);
    }

    private static boolean takesSlot(Grant grant) {
        return !grant.kind().equals("noop");
    }

    private long durationMs() {
        return random.nextInt(8) == 0 ? 15_000 + random.nextInt(30_000) : 5 + random.nextInt(3_000);
    }

    private AttemptEnd outcome() {
        return random.nextInt(4) == 0 ? AttemptEnd.FAILED : AttemptEnd.SUCCEEDED;
    }

    private static String key(String run, long token) {
        return run + '#' + token;
    }

    private void finish(String key, AttemptEnd end) {
        Grant grant = executingByKey.remove(key);
        if (grant != null) {
            model.ended(grant);
            book.finished(grant, end);
            tick();
            claim();
        }
    }

    /** Looks at trust, renewals and reports, as long as there are any. */
    private void tick() {
        if (!ticking) {
            ticking = true;
            look();
        }
    }

    private void look() {
        stop(book.overdue());
        book.renewal().ifPresent(this::renew);
        book.report().ifPresent(this::report);
        ticking = !executingByKey.isEmpty() || book.reports() > 0 || book.renews();
        if (ticking) {
            after(TICK_MS, this::look);
        }
    }

    private void renew(RenewRequest request) {
        link.renew(request, TIMEOUT_MS, answer -> live(() -> renewed(answer)), () -> live(this::renewalFailed));
    }

    private void renewed(RenewAnswer answer) {
        stop(book.renewed(answer));
        tick();
    }

    private void renewalFailed() {
        book.renewalFailed();
        tick();
    }

    private void report(ReportRequest request) {
        long sentMs = timeline.elapsedMs();
        link.report(
                request,
                TIMEOUT_MS,
                answer -> {
                    model.reported(request, answer, sentMs);
                    live(book::reportAnswered);
                },
                () -> live(book::reportFailed));
    }

    private void stop(List<SimulatedBook.StopOrder> orders) {
        for (SimulatedBook.StopOrder order : orders) {
            if (!order.lost()) {
                after(random.nextInt(2_000), () -> finish(key(order.run(), order.token()), AttemptEnd.CANCELLED));
            } else if (bug != PlantedBug.WORKER_IGNORES_TRUST) {
                finish(key(order.run(), order.token()), AttemptEnd.LOST);
            }
        }
    }
}
