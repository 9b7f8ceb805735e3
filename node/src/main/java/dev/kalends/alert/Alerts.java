package dev.kalends.alert;

import dev.kalends.alert.AlertBook.Moment;
import dev.kalends.api.AlertView;
import dev.kalends.api.Json;
import dev.kalends.need.Sight;
import dev.kalends.schedule.InstantText;
import dev.kalends.server.Clocks;
import dev.kalends.server.NodeLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Tells a webhook what needs a person: when it begins, when there is more of it, when it has ended.
 *
 * <p>One thread looks and judges; another sends, so that a receiver that hangs holds up neither the node nor the
 * judgement. Every node of a cluster judges; the first of the live ones tells. When it dies the next one tells what
 * lasts and what ended lately once more: at least once, with the same key.
 */
public final class Alerts implements AutoCloseable {
    private static final int FORM_VERSION = 1;
    private static final long IDLE_MS = 100;

    private final AlertSettings settings;
    private final AlertTerms terms;
    private final Surroundings around;
    private final NodeLog log;
    private final AlertBook book;
    private final AlertFile file;
    private final Webhook hook;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread watcher;
    private final Thread teller;
    private volatile boolean mine;
    private Map<String, Long> written = Map.of();
    private Optional<String> complaint = Optional.empty();

    /** Looks at how all of it stands. */
    @FunctionalInterface
    public interface Watch {
        Sight look() throws InterruptedException;
    }

    /**
     * What it stands among.
     *
     * @param node this node's id
     * @param source what the alerts are of: the cluster's name, or the node's
     * @param turn whether this node is the one that tells
     * @param dataDirectory where it remembers what lasts
     */
    public record Surroundings(
            String node, String source, Watch watch, BooleanSupplier turn, Path dataDirectory, Clocks clocks) {}

    public Alerts(AlertSettings settings, AlertTerms terms, Surroundings around, NodeLog log) {
        this.settings = settings;
        this.terms = terms;
        this.around = around;
        this.log = log;
        this.book = new AlertBook(terms);
        this.file = new AlertFile(around.dataDirectory());
        this.hook = new Webhook(settings, terms.answerMs());
        this.watcher = Thread.ofPlatform().name("alert-watch").daemon().unstarted(this::watch);
        this.teller = Thread.ofPlatform().name("alert-send").daemon().unstarted(this::tell);
    }

    /** Begins to look and to tell. */
    public void start() {
        try {
            written = file.read();
        } catch (IOException e) {
            log.warn("which alerts lasted cannot be read; error=" + e.getClass().getSimpleName());
        }
        book.resume(written);
        watcher.start();
        teller.start();
    }

    private void watch() {
        boolean failing = false;
        try {
            do {
                try {
                    look();
                    failing = false;
                } catch (RuntimeException e) {
                    if (!failing) {
                        log.error("what needs a person cannot be judged now, it is tried again", e);
                    }
                    failing = true;
                }
            } while (!stop.await(terms.lookEveryMs(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        Sight sight = around.watch().look();
        Moment now = now();
        book.judge(sight, now);
        boolean turn = around.turn().getAsBoolean();
        if (turn && !mine) {
            book.takeOver(now);
        }
        mine = turn;
        Map<String, Long> lasting = book.lasting();
        if (!lasting.equals(written)) {
            try {
                file.write(lasting);
                written = lasting;
            } catch (IOException e) {
                log.warn("which alerts last cannot be written, after a restart their end is not told; error="
                        + e.getClass().getSimpleName());
            }
        }
    }

    private Moment now() {
        return new Moment(
                around.clocks().wall().nowMs(), around.clocks().monotonic().nowNs());
    }

    private void tell() {
        long waitMs = terms.retryMinMs();
        try {
            while (!stop.await(IDLE_MS, TimeUnit.MILLISECONDS)) {
                Optional<Tidings> due = mine ? book.next() : Optional.empty();
                if (due.isEmpty()) {
                    continue;
                }
                Optional<String> failed = posted(due.get());
                complain(failed);
                if (failed.isEmpty()) {
                    book.told(due.get(), around.clocks().monotonic().nowNs());
                    waitMs = terms.retryMinMs();
                } else if (!stop.await(waitMs, TimeUnit.MILLISECONDS)) {
                    waitMs = Math.min(2 * waitMs, terms.retryMaxMs());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever happens, the thread goes on: an alert is not lost by a fault of its own. */
    private Optional<String> posted(Tidings tidings) throws InterruptedException {
        try {
            return hook.post(body(tidings));
        } catch (RuntimeException e) {
            return Optional.of("it cannot be sent; error=" + e.getClass().getSimpleName());
        }
    }

    private byte[] body(Tidings tidings) {
        Watched watched = tidings.watched();
        return Json.writeAnswer(new AlertView(
                FORM_VERSION,
                "kalends/" + around.source() + "/" + watched.code(),
                tidings.event().name().toLowerCase(Locale.ROOT),
                watched.code(),
                watched.severity(),
                around.source(),
                around.node(),
                tidings.what(),
                tidings.todo(),
                tidings.amount(),
                InstantText.format(tidings.beganMs()),
                tidings.endedMs().map(InstantText::format).orElse(null),
                InstantText.format(around.clocks().wall().nowMs())));
    }

    /** Says once that the receiver takes nothing, and once that it does again. */
    private void complain(Optional<String> failed) {
        if (failed.equals(complaint)) {
            return;
        }
        failed.ifPresentOrElse(
                why -> log.warn("the alert webhook does not take alerts, they are sent again; " + why + " webhook="
                        + settings.shown()),
                () -> log.info("the alert webhook takes alerts again; webhook=" + settings.shown()));
        complaint = failed;
    }

    @Override
    public void close() {
        stop.countDown();
        watcher.interrupt();
        teller.interrupt();
        hook.close();
        join(watcher);
        join(teller);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
