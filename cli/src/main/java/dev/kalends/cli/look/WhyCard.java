package dev.kalends.cli.look;

import dev.kalends.api.AttemptView;
import dev.kalends.api.FireView;
import dev.kalends.api.LeaseView;
import dev.kalends.api.RunView;
import dev.kalends.api.WhyView;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.Card;
import dev.kalends.cli.output.Cell;
import dev.kalends.cli.output.Paint;
import dev.kalends.cli.output.Rendering;
import dev.kalends.cli.output.Times;
import dev.kalends.schedule.DurationText;
import dev.kalends.schedule.InstantText;
import dev.kalends.tui.text.Figures;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** A verdict with its facts: the sentence first, then when what happened, who had it, and what to type next. */
final class WhyCard {
    private final Session session;
    private final Rendering to;

    WhyCard(Session session) {
        this.session = session;
        this.to = session.rendering();
    }

    void print(WhyView why) {
        String job = why.jobName() == null ? why.jobId() : why.jobName();
        boolean terminal = to.terminal().out();
        if (terminal) {
            Paint paint = Paint.ofState(why.verdict());
            to.out().line(JobTexts.inSentence(job) + ": " + to.paint(paint, JobTexts.inSentence(why.sentence())));
        }
        Card card = new Card();
        card.field("verdict", why.verdict()).field("sentence", why.sentence()).field("why", why.why());
        card.field("job", job)
                .field("job-id", why.jobId())
                .field("at", why.at())
                .field("due", why.dueAt());
        times(card, why);
        who(card, why);
        rules(card, why);
        card.print(to);
        List<AttemptView> attempts = attempts(why.run());
        if (terminal) {
            if (!attempts.isEmpty()) {
                to.out().line();
                new RunCard(session).attempts().print(to, attempts, attempts);
            }
            for (int i = 0; i < why.hints().size(); i++) {
                to.out()
                        .line((i == 0 ? "  next: " : "        ")
                                + JobTexts.inSentence(why.hints().get(i)));
            }
        }
    }

    private void times(Card card, WhyView why) {
        RunView run = why.run();
        if (why.at() != null && !why.at().equals(why.dueAt())) {
            instant(card, "nominal", why.at());
        }
        instant(card, "due", why.dueAt());
        card.field("fired", run == null ? null : run.firedAt());
        card.field("started", run == null ? null : run.startedAt());
        card.field("finished", run == null ? null : run.finishedAt());
        if (run != null) {
            instant(card, "fired", run.firedAt());
            instant(card, "started", run.startedAt());
            instant(card, "finished", run.finishedAt());
            instant(card, "retry", run.retryAt());
        }
        StringJoiner stages = new StringJoiner(", ");
        StringJoiner fields = new StringJoiner(",");
        for (WhyView.Stage stage : why.stages()) {
            stages.add(stage.stage() + " " + DurationText.words(stage.ms()));
            fields.add(stage.stage() + "=" + stage.ms());
        }
        card.field("stages-ms", fields.toString());
        if (stages.length() > 0) {
            card.remark(why.late() == null ? "on the way" : "late by", Cell.of(stages.toString()));
        }
    }

    private static void who(Card card, WhyView why) {
        RunView run = why.run();
        card.field("run", run == null ? null : run.id()).field("state", run == null ? null : run.state());
        card.field("attempt", run == null ? null : Integer.toString(run.attempt()));
        card.field("worker", run == null ? null : run.worker());
        LeaseView lease = run == null ? null : run.lease();
        card.field("token", lease == null ? null : Long.toString(lease.token()));
        if (run != null) {
            card.remark("run", Cell.of(run.id()));
            String error = run.error() == null ? "" : ": " + run.error();
            card.remark("attempt", Cell.of(run.attempt() + " of " + run.maxAttempts() + error));
        }
        if (run != null && run.worker() != null) {
            String left =
                    lease == null || lease.leftMs() == null ? "" : ", " + DurationText.words(lease.leftMs()) + " left";
            String token = lease == null ? "" : ", token " + lease.token() + ", epoch " + lease.epoch() + left;
            card.remark("worker", Cell.of(run.worker() + token));
        }
        card.text("behind", why.behind());
    }

    private void rules(Card card, WhyView why) {
        WhyView.Ledger ledger = why.ledger();
        card.field("ledger-from", ledger == null ? null : ledger.from());
        card.field("ledger-to", ledger == null ? null : ledger.to());
        card.field("ledger-count", ledger == null ? null : Long.toString(ledger.count()));
        if (ledger != null) {
            String reason = ledger.reason() == null ? "" : ": " + ledger.reason();
            String stretch = ledger.count() == 1
                    ? ""
                    : Figures.count(ledger.count()) + " fires from " + local(ledger.from()) + " to "
                            + local(ledger.to()) + ", ";
            card.remark("ledger", new Cell(stretch + ledger.verdict() + reason, Paint.PLAIN));
        }
        instant(card, "before", why.before());
        instant(card, "after", why.after());
        card.field("before", why.before()).field("after", why.after());
        FireView next = why.next();
        card.field("next", next == null ? null : next.at());
        if (next != null && !next.nominalAt().equals(why.at())) {
            String label = why.pause() == null ? "next fire" : "if resumed";
            instant(card, label, next.at());
        }
        String later = why.generation() == why.currentGeneration() ? "" : " (now " + why.currentGeneration() + ")";
        card.row(
                "rule",
                Cell.of("generation " + why.generation() + later + ", accepted "
                        + Times.relative(Times.ofRfc3339(why.acceptedAt()), session.nowMs())),
                Integer.toString(why.generation()));
        card.row(
                "leader",
                Cell.of("partition " + why.partition() + ", epoch " + why.epoch()
                        + (why.leading() ? "" : ", not leading")),
                Long.toString(why.epoch()));
        card.field("partition", Integer.toString(why.partition()));
    }

    private static List<AttemptView> attempts(@Nullable RunView run) {
        return run == null || run.attempts() == null ? List.of() : run.attempts();
    }

    /** An instant that only people get; a terminal shows no row for one that is not there. */
    private void instant(Card card, String label, @Nullable String at) {
        long atMs = Times.ofRfc3339(at);
        if (atMs >= 0) {
            card.remark(label, Cell.of(exact(atMs) + " (" + Times.relative(atMs, session.nowMs()) + ")"));
        }
    }

    private String local(String at) {
        return InstantText.local(Times.ofRfc3339(at), session.zone());
    }

    private String exact(long atMs) {
        return InstantText.local(atMs, session.zone());
    }
}
