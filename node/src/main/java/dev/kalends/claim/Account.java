package dev.kalends.claim;

import dev.kalends.api.LeaseName;
import dev.kalends.claim.ClaimDesk.Got;
import dev.kalends.job.LeaseId;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import dev.kalends.runqueue.Ticket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The free slots of one worker, and where they are. Always: slots lent to partitions + grants that wait for the worker
 * are at most what its last claim said is free.
 *
 * <p>What is done to others (asking, answering, wishing for a ticket) is noted under the lock and done after it, for
 * those others may call back at once.
 */
final class Account {
    /** A partition that could not be asked is not asked again before this. */
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(200);

    /** Runs that do nothing and take no slot, in one answer at most. */
    private static final int NOOPS_MAX = 1_024;

    private final ClaimDesk.Parts parts;
    private final String worker;
    private final List<String> queues;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Runnable> afterwards = new ArrayDeque<>();

    /** Grants that wait for the worker's next claim. */
    private final Deque<Boxed> box = new ArrayDeque<>();
    /** Leases that leaders have asked about. */
    private final List<LeaseId> doubted = new ArrayList<>();

    /** Where slots wait. */
    private final boolean[] waitsAt;
    /** Partitions that are asked for more than waits there, right now. */
    private final Set<Integer> asking = new TreeSet<>();
    /** Partitions that had more than was asked for. */
    private final Set<Integer> plenty = new TreeSet<>();

    private final long[] notBeforeNs;

    /** Free slots by the worker's own word. */
    private int slots;
    /** Those of them that nothing has been granted for. */
    private int free;

    private int lent;
    private int waiting;
    private int first;
    private boolean leaving;
    private boolean retired;
    private @Nullable CompletableFuture<Got> claim;
    private @Nullable CompletableFuture<Ticket> wish;
    /** Names the wish that counts; what comes of an earlier one changes nothing here. */
    private long wishes;

    private boolean wishing;
    private long claimedNs;
    private long waitsUntilNs;

    /** Slots lent to a partition. */
    private record Loan(int partition, int slots, long sentNs, boolean waits) {}

    /** A grant, and from when on its lease counts. */
    private record Boxed(Reply.Granted grant, long fromNs) {}

    Account(ClaimDesk.Parts parts, String worker, List<String> queues) {
        this.parts = parts;
        this.worker = worker;
        this.queues = List.copyOf(queues);
        this.waitsAt = new boolean[parts.partitions()];
        this.notBeforeNs = new long[parts.partitions()];
        Arrays.fill(notBeforeNs, parts.clock().nowNs());
    }

    List<String> queues() {
        return queues;
    }

    /** Whether nothing has been heard of the worker since an instant, and nothing is on its way. */
    boolean restsSince(long instantNs) {
        lock.lock();
        try {
            return lent == 0 && claimedNs - instantNs < 0;
        } finally {
            lock.unlock();
        }
    }

    CompletableFuture<Got> claim(int freeSlots, long waitMs) {
        CompletableFuture<Got> answer = new CompletableFuture<>();
        locked(() -> {
            answer(Got.NOTHING);
            claim = answer;
            claimedNs = parts.clock().nowNs();
            waitsUntilNs = claimedNs + TimeUnit.MILLISECONDS.toNanos(waitMs);
            slots = freeSlots;
            free = Math.max(0, slots - boxedForSlots());
            leaving = retired || slots == 0;
            if (leaving) {
                withdraw();
            } else {
                lend();
            }
            deliver();
        });
        return answer;
    }

    /** Lends nothing any more, and takes back what it can. */
    void retire() {
        locked(() -> {
            if (!retired) {
                retired = true;
                leaving = true;
                withdraw();
                deliver();
            }
        });
    }

    /** Whether nothing is lent, and nothing waits for the worker. */
    boolean atRest() {
        lock.lock();
        try {
            return lent == 0 && box.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    void takeBack() {
        locked(() -> {
            answer(Got.NOTHING);
            withdraw();
        });
    }

    private void locked(Runnable body) {
        List<Runnable> all;
        lock.lock();
        try {
            body.run();
            all = List.copyOf(afterwards);
            afterwards.clear();
        } finally {
            lock.unlock();
        }
        all.forEach(Runnable::run);
    }

    private boolean waitsForWork() {
        return claim != null && !claim.isDone() && !leaving;
    }

    /** Lends what is free: first to where more waits than was asked for, then all around, then to the next ticket. */
    private void lend() {
        long nowNs = parts.clock().nowNs();
        int asked = plenty.size();
        for (int partition : List.copyOf(plenty)) {
            int slots = Math.ceilDiv(spare(), asked--);
            if (slots > 0 && asking.add(partition)) {
                plenty.remove(partition);
                lend(new Loan(partition, slots, nowNs, false));
            }
        }
        int partitions = parts.partitions();
        int most = partitions == 1 ? free : free / 2;
        int each = Math.max(1, most / partitions);
        first = (first + 1) % partitions;
        for (int i = 0; i < partitions; i++) {
            int partition = (first + i) % partitions;
            if (!waitsAt[partition]
                    && spare() >= each
                    && waiting + each <= most
                    && waitsUntilNs - nowNs > 0
                    && nowNs - notBeforeNs[partition] >= 0) {
                waitsAt[partition] = true;
                waiting += each;
                lend(new Loan(partition, each, nowNs, true));
            }
        }
        if (spare() > 0 && partitions > 1 && !wishing) {
            wishing = true;
            afterwards.add(this::wish);
        }
    }

    private int boxedForSlots() {
        return (int) box.stream().filter(boxed -> boxed.grant().takesSlot()).count();
    }

    private int spare() {
        return free - lent;
    }

    private void lend(Loan loan) {
        lent += loan.slots();
        long waitNs = Math.clamp(waitsUntilNs - loan.sentNs(), 0, parts.grantAgeMaxNs() / 2);
        long waitMs = loan.waits() ? Math.max(1, TimeUnit.NANOSECONDS.toMillis(waitNs)) : 0;
        afterwards.add(() -> {
            var _ = ask(loan.partition(), loan.slots(), waitMs)
                    .whenComplete((reply, _) -> locked(() -> returned(loan, reply)));
        });
    }

    private CompletableFuture<Reply> ask(int partition, int slots, long waitMs) {
        return parts.asked()
                .claim(partition, new Command.Claim(worker, queues, slots, slots == 0 ? 0 : NOOPS_MAX), waitMs);
    }

    private void returned(Loan loan, @Nullable Reply reply) {
        lent -= loan.slots();
        if (loan.waits()) {
            waitsAt[loan.partition()] = false;
            waiting -= loan.slots();
        } else {
            asking.remove(loan.partition());
        }
        if (!(reply instanceof Reply.Claimed claimed)) {
            notBeforeNs[loan.partition()] = parts.clock().nowNs() + PAUSE_NS;
        } else {
            doubted.addAll(claimed.doubted());
            take(loan, claimed);
        }
        if (waitsForWork()) {
            lend();
        }
        deliver();
    }

    private void take(Loan loan, Reply.Claimed claimed) {
        if (!claimed.grants().isEmpty()) {
            long taken =
                    claimed.grants().stream().filter(Reply.Granted::takesSlot).count();
            free = (int) Math.max(lent, free - taken);
            long countsFromNs = loan.sentNs() - TimeUnit.MILLISECONDS.toNanos(claimed.agoMs());
            claimed.grants().forEach(grant -> box.addLast(new Boxed(grant, countsFromNs)));
            if (claimed.more() && parts.partitions() > 1) {
                plenty.add(loan.partition());
            }
        }
    }

    /** Gives the waiting claim what is there, and no more than it has slots for: a claim may be older than it looks. */
    private void deliver() {
        CompletableFuture<Got> answer = claim;
        if (answer == null || answer.isDone() || (leaving && lent > 0)) {
            return;
        }
        box.removeIf(boxed -> parts.clock().nowNs() - boxed.fromNs() > parts.grantAgeMaxNs());
        if (box.isEmpty() && doubted.isEmpty() && !leaving) {
            return;
        }
        List<Boxed> delivered = new ArrayList<>();
        int taken = 0;
        while (!box.isEmpty() && (leaving || (taken < slots && delivered.size() < slots + NOOPS_MAX))) {
            Boxed next = box.removeFirst();
            taken += next.grant().takesSlot() ? 1 : 0;
            delivered.add(next);
        }
        long ageNs = delivered.stream()
                .mapToLong(boxed -> claimedNs - boxed.fromNs())
                .max()
                .orElse(0);
        claim = null;
        endWish();
        int asked = Math.min(doubted.size(), LeaseName.MOST);
        Got got = new Got(
                delivered.stream().map(Boxed::grant).toList(),
                Math.ceilDiv(Math.max(0, ageNs), 1_000_000),
                List.copyOf(doubted.subList(0, asked)));
        doubted.subList(0, asked).clear();
        afterwards.add(() -> {
            if (!answer.complete(got)) {
                locked(
                        () -> { // taken back in this very moment
                            delivered.reversed().forEach(box::addFirst);
                            doubted.addAll(got.doubted());
                        });
            }
        });
    }

    /** Takes slots back from where they wait; what has been granted by then still comes. */
    private void withdraw() {
        plenty.clear();
        for (int partition = 0; partition < waitsAt.length; partition++) {
            if (waitsAt[partition]) {
                int from = partition;
                afterwards.add(() -> {
                    var _ = ask(from, 0, 0);
                });
            }
        }
    }

    private void answer(Got got) {
        CompletableFuture<Got> answered = claim;
        claim = null;
        endWish();
        if (answered != null) {
            afterwards.add(() -> answered.complete(got));
        }
    }

    private void wish() {
        CompletableFuture<Ticket> next = parts.queue().next(Set.copyOf(queues));
        locked(() -> {
            if (waitsForWork()) {
                wish = next;
                long mine = ++wishes;
                afterwards.add(() -> {
                    var _ = next.whenComplete((ticket, _) -> locked(() -> came(mine, ticket)));
                });
            } else {
                wishing = false;
                afterwards.add(() -> next.cancel(false));
            }
        });
    }

    private void came(long which, @Nullable Ticket ticket) {
        if (wish != null && which == wishes) {
            wish = null;
            wishing = false;
        }
        if (ticket == null || ticket.partition() >= parts.partitions()) {
            return;
        }
        // Kept for the next claim when the worker was answered just now.
        plenty.add(ticket.partition());
        if (waitsForWork()) {
            lend();
        }
    }

    private void endWish() {
        CompletableFuture<Ticket> ended = wish;
        wish = null;
        if (ended != null) {
            wishing = false;
            afterwards.add(() -> ended.cancel(false));
        }
    }
}
