package dev.kalends.server;

import dev.kalends.api.ActionResult;
import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.QueuePage;
import dev.kalends.api.QueueView;
import dev.kalends.api.WorkerView;
import dev.kalends.job.Limits;
import dev.kalends.job.Policy;
import dev.kalends.partition.Deed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Answers what is asked of queues: list, declare, withdraw. */
final class QueueEndpoint {
    private final Services services;
    private final Figures figures;
    private final Workforce workforce;
    private final QueueBook book;

    QueueEndpoint(Services services, Figures figures, Workforce workforce, QueueBook book) {
        this.services = services;
        this.figures = figures;
        this.workforce = workforce;
        this.book = book;
    }

    /** {@code GET /v1/queues}: those declared, those with runs that wait, those that workers serve. */
    Answer list(Request request) throws InterruptedException {
        request.query().allow(Set.of());
        Map<String, Long> depth = figures.queueDepth(request.scope());
        Optional<SortedSet<String>> declared = book.declared();
        Set<String> names = new TreeSet<>(depth.keySet());
        names.addAll(declared.orElseGet(() -> new TreeSet<>(Set.of(Policy.DEFAULT_QUEUE))));
        workforce.views().stream().map(WorkerView::queues).forEach(names::addAll);
        List<QueueView> items = new ArrayList<>();
        for (String name : names) {
            boolean known = declared.map(all -> all.contains(name)).orElse(false);
            items.add(new QueueView(name, known, depth.getOrDefault(name, 0L)));
        }
        return Answer.ok(new QueuePage(services.asOf(), items));
    }

    /** {@code PUT /v1/queues/{queue}}. */
    Answer declare(Request request) {
        String queue = named(request);
        book.declare(queue);
        request.did("declare", "queue " + queue, Deed.EVERY, "");
        return Answer.ok(new ActionResult(queue, null, "declared", null, null));
    }

    /** {@code DELETE /v1/queues/{queue}}; refused while runs wait in it. */
    Answer withdraw(Request request) {
        String queue = named(request);
        long ready = figures.queueDepth(request.scope("*")).getOrDefault(queue, 0L);
        if (ready > 0) {
            throw new ApiException(
                    ErrorCode.CONFLICT,
                    "runs wait in this queue; queue=" + queue + " ready=" + ready,
                    "let a worker take them first: kalends worker --queue " + queue);
        }
        book.withdraw(queue);
        request.did("withdraw", "queue " + queue, Deed.EVERY, "");
        String detail = "jobs of it that come due wait until it is declared again";
        return Answer.ok(new ActionResult(queue, null, "withdrawn", detail, null));
    }

    private static String named(Request request) {
        request.query().allow(Set.of());
        String queue = request.parameter("queue");
        NameText.check("queue", queue, Limits.QUEUE_BYTES_MAX);
        return queue;
    }

    /** Throws {@code invalid} for a queue that takes no jobs, saying which ones do. */
    static void requireDeclared(QueueBook book, String queue) {
        Optional<SortedSet<String>> declared = book.declared();
        if (declared.isPresent() && !declared.get().contains(queue)) {
            throw new ApiException(
                    ErrorCode.INVALID,
                    "no such queue; queue=" + queue + " declared=" + String.join(",", declared.get()),
                    "an operator declares it: kalends queues add " + queue);
        }
    }
}
