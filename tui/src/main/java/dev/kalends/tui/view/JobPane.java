package dev.kalends.tui.view;

import dev.kalends.api.FireView;
import dev.kalends.api.JobView;
import dev.kalends.api.PauseView;
import dev.kalends.api.RunView;
import dev.kalends.tui.list.PlaceLists;
import dev.kalends.tui.list.Span;
import dev.kalends.tui.model.Data;
import dev.kalends.tui.model.Model;
import dev.kalends.tui.text.Spans;
import dev.kalends.tui.text.Sparks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One job: when and what it runs, what comes next, how its last runs went. */
final class JobPane {
    private static final int STRIP = 96;
    private static final int FIRES = 5;

    private JobPane() {}

    static void draw(Grid grid, Area body, Model model) {
        Optional<Data.JobDetail> detail = model.data().job().value();
        if (detail.isEmpty() || !isOf(detail.get().job(), model.place().subject())) {
            grid.frame(body, "JOB " + model.place().label(), "");
            grid.put(body.inside().rightOf(1), "reading…", Style.DIM);
            return;
        }
        JobView job = detail.get().job();
        Facts facts = facts(job, model);
        int rows = Math.min(facts.rows() + 2, body.rows() / 2);
        Area top = body.top(rows);
        grid.frame(top, "JOB " + PlaceLists.jobName(job), job.state());
        facts.draw(grid, top.inside().rightOf(1));
        Area strip = body.below(rows).top(4);
        strip(grid, strip, detail.get().runs());
        Screens.list(grid, body.below(rows + 4), model, 0);
    }

    private static boolean isOf(JobView job, String subject) {
        return job.id().startsWith(subject) || subject.equals(job.name());
    }

    private static Facts facts(JobView job, Model model) {
        String zone = job.schedule().tz() == null ? "" : ", " + job.schedule().tz();
        Facts facts = new Facts()
                .add(
                        "id",
                        job.id() + "   tenant " + job.tenant() + "   queue " + job.queue() + "   priority "
                                + job.priority())
                .add("schedule", PlaceLists.schedule(job) + zone)
                .add("next", next(job, model))
                .add("runs", what(job))
                .add(
                        "policies",
                        "attempts " + job.maxAttempts() + "   overlap " + job.overlap() + "   catch-up " + job.catchUp()
                                + (job.timeoutMs() == null ? "" : "   timeout " + Spans.brief(job.timeoutMs())))
                .add("labels", labels(job))
                .add("generation", job.generation() + "   revision " + job.revision());
        PauseView pause = job.pause();
        if (pause != null) {
            String reason = pause.reason() == null ? "" : ": " + pause.reason();
            facts.add("PAUSED", Span.warn("since " + pause.since() + reason));
        }
        return facts;
    }

    private static String next(JobView job, Model model) {
        List<FireView> fires = job.next();
        if (fires == null || fires.isEmpty()) {
            return job.nextFireAt() == null ? "nothing comes" : job.nextFireAt();
        }
        List<String> texts = new ArrayList<>();
        for (FireView fire : fires.subList(0, Math.min(FIRES, fires.size()))) {
            long atMs = Spans.ofRfc3339(fire.at());
            String when =
                    Spans.moment(atMs, model.shownAt().wallMs(), model.manner().zone());
            String in = texts.isEmpty()
                    ? " (" + Spans.relative(atMs, model.shownAt().wallMs()) + ")"
                    : "";
            texts.add(when + in + (fire.note() == null ? "" : " [" + fire.note() + "]"));
        }
        return String.join(", ", texts);
    }

    private static String what(JobView job) {
        List<String> command = job.command();
        return command != null ? String.join(" ", command) : job.url() != null ? job.url() : job.kind();
    }

    private static String labels(JobView job) {
        List<String> labels = new ArrayList<>();
        job.labels().forEach((key, value) -> labels.add(key + "=" + value));
        labels.sort(Comparator.naturalOrder());
        return String.join(" ", labels);
    }

    /** A sign for each of the last runs, the newest at the right, over how late it was. */
    private static void strip(Grid grid, Area area, List<RunView> runs) {
        grid.frame(area, "LAST RUNS", "✓ ok  R retried  X dead  - skipped  ~ late  ◌ running");
        Area inside = area.inside().rightOf(1);
        List<RunView> last = runs.stream()
                .sorted(Comparator.comparing(RunView::dueAt).reversed())
                .limit(Math.min(STRIP, Math.max(1, inside.columns() - 1)))
                .toList()
                .reversed();
        StringBuilder signs = new StringBuilder();
        long[] skews = new long[last.size()];
        for (int i = 0; i < last.size(); i++) {
            signs.append(sign(last.get(i)));
            Long skewMs = last.get(i).skewMs();
            skews[i] = skewMs == null ? 0 : skewMs;
        }
        grid.put(inside.row(0), signs.toString(), Style.PLAIN);
        grid.put(inside.row(1), Sparks.of(skews), Style.DIM);
    }

    private static String sign(RunView run) {
        return switch (run.state()) {
            case "succeeded" -> run.attempt() > 1 ? "R" : "✓";
            case "dead" -> "X";
            case "skipped", "cancelled" -> "-";
            case "missed" -> "~";
            default -> "◌";
        };
    }
}
