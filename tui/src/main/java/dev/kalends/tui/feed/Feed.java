package dev.kalends.tui.feed;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.client.ClientSettings;
import dev.kalends.time.MonotonicClock;
import dev.kalends.tui.model.Interest;
import dev.kalends.tui.model.Link;
import dev.kalends.tui.model.Order;
import dev.kalends.tui.model.Reading;
import dev.kalends.tui.model.Timed;
import dev.kalends.tui.update.Msg;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the console what goes on at the nodes, and carries its orders there.
 *
 * <p>One thread reads, one thing after the other, never two at once; after each answer it leaves the node alone for
 * {@value #REST_FACTOR} times as long as that took, so that whatever is shown costs the node no more than a fiftieth of
 * one of its processors. An order has a thread for itself.
 */
public final class Feed implements AutoCloseable {
    private static final long REST_FACTOR = 50;
    private static final long FIGURES_REST_MAX_MS = 2_000;
    private static final long NS_PER_MS = 1_000_000;
    private static final long IDLE_MAX_MS = 250;
    /** A refused read, such as one that this token may not make, is not repeated at once. */
    private static final long REFUSED_MS = 10_000;

    private static final long TRY_FIRST_MS = 500;
    private static final int TRY_DOUBLINGS_MAX = 4;

    private final Nodes nodes;
    private final MonotonicClock clock;
    private final Consumer<Msg> sink;
    private final Map<String, Long> dueByPoll = new HashMap<>();
    private final Map<URI, String> nameByNode = new HashMap<>();
    private volatile Interest interest;
    private volatile boolean again;
    private volatile boolean closed;
    private volatile @Nullable Thread reader;
    private long heardMs = Timed.NEVER;
    private int failures;

    /**
     * A feed that does nothing yet.
     *
     * @param sink takes messages, from several threads
     */
    public Feed(ClientSettings settings, Interest interest, Consumer<Msg> sink) {
        this.nodes = new Nodes(settings);
        this.clock = settings.clock();
        this.interest = interest;
        this.sink = sink;
    }

    /** Starts its threads. */
    public void start() {
        reader = daemon("feed", this::read);
    }

    private static Thread daemon(String name, Runnable work) {
        return Thread.ofPlatform().name("top-" + name).daemon().start(work);
    }

    /** Reads other things from now on, and first of all. */
    public void watch(Interest other) {
        interest = other;
        LockSupport.unpark(reader);
    }

    /** Reads all again. */
    public void refresh() {
        again = true;
        LockSupport.unpark(reader);
    }

    /** Asks how many dead letters an order would change. */
    public void count(Order order) {
        act(performer -> new Msg.Counted(order, performer.count(order)));
    }

    /** Carries an order out. */
    public void perform(Order order) {
        act(performer -> new Msg.Done(performer.perform(order)));
    }

    private void act(java.util.function.Function<Performer, Msg> work) {
        Performer performer = new Performer(nodes.present().acts());
        daemon("act", () -> {
            try {
                sink.accept(work.apply(performer));
            } catch (ApiException e) {
                sink.accept(new Msg.Refused(
                        e.message() + e.hint().map(hint -> "   " + hint).orElse("")));
            } catch (RuntimeException e) {
                sink.accept(new Msg.Refused("internal: " + e));
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(reader);
    }

    private long nowMs() {
        return clock.nowNs() / NS_PER_MS;
    }

    private void read() {
        while (!closed) {
            if (again) {
                again = false;
                dueByPoll.clear();
            }
            List<Poll> polls = Polls.of(interest);
            dueByPoll.keySet().retainAll(polls.stream().map(Poll::name).toList());
            Poll next = polls.getFirst();
            for (Poll poll : polls) {
                next = due(poll) < due(next) ? poll : next;
            }
            long waitMs = due(next) - nowMs();
            if (waitMs > 0) {
                LockSupport.parkNanos(Math.min(waitMs, IDLE_MAX_MS) * NS_PER_MS);
            } else {
                read(next);
            }
        }
    }

    private long due(Poll poll) {
        return dueByPoll.getOrDefault(poll.name(), Long.MIN_VALUE / 2);
    }

    private void read(Poll poll) {
        long startMs = nowMs();
        Nodes.Node node = nodes.present();
        try {
            Reading reading = poll.read().apply(node.reads());
            long endMs = nowMs();
            dueByPoll.put(poll.name(), endMs + restMs(poll, endMs - startMs));
            if (reading instanceof Reading.Stats stats) {
                nameByNode.put(node.url(), stats.stats().node());
            }
            heard(node, endMs);
            sink.accept(new Msg.Got(reading, endMs));
        } catch (ApiException e) {
            if (e.code() == ErrorCode.UNREACHABLE || e.code() == ErrorCode.UNAVAILABLE) {
                lost(node, e);
            } else {
                refused(poll, e);
            }
        } catch (RuntimeException e) {
            refused(poll, new ApiException(ErrorCode.INTERNAL, "internal: " + e, ""));
        }
    }

    /** Figures are cheap and say that the node lives: a slow answer makes them rarer only a little. */
    private static long restMs(Poll poll, long tookMs) {
        long longestMs = poll.name().equals(Polls.FIGURES) ? FIGURES_REST_MAX_MS : Long.MAX_VALUE;
        return Math.max(poll.everyMs(), Math.min(longestMs, REST_FACTOR * tookMs));
    }

    private void heard(Nodes.Node node, long atMs) {
        heardMs = atMs;
        failures = 0;
        sink.accept(new Msg.LinkChanged(new Link(name(node), atMs, new Link.State.Up())));
    }

    private String name(Nodes.Node node) {
        return nameByNode.getOrDefault(node.url(), node.name());
    }

    /** A read that the node does not answer to this token, or to no one: the picture stays without it. */
    private void refused(Poll poll, ApiException e) {
        dueByPoll.put(poll.name(), nowMs() + REFUSED_MS);
        if (e.code() != ErrorCode.FORBIDDEN) {
            sink.accept(new Msg.Unread(e.message()));
        }
    }

    /** Goes on to the next node, after a while that grows with each round in which none answered. */
    private void lost(Nodes.Node node, ApiException e) {
        int round = Math.min(TRY_DOUBLINGS_MAX, failures++ / nodes.count());
        Nodes.Node next = nodes.next();
        long tryAtMs = nowMs() + (TRY_FIRST_MS << round);
        dueByPoll.clear();
        sink.accept(new Msg.LinkChanged(
                new Link(name(next), heardMs, new Link.State.Lost(name(node), name(next), tryAtMs, e.message()))));
        while (!closed && nowMs() < tryAtMs) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(Math.max(1, tryAtMs - nowMs())));
        }
    }
}
