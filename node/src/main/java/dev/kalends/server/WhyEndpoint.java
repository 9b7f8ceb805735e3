package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.FireView;
import dev.kalends.api.PauseView;
import dev.kalends.api.WhyView;
import dev.kalends.job.JobSpec;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.RunId;
import dev.kalends.job.RunKind;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.schedule.InstantText;
import dev.kalends.server.JobFinder.Found;
import dev.kalends.server.JobFinder.Use;
import dev.kalends.verdict.Facts;
import dev.kalends.verdict.Judge;
import dev.kalends.verdict.Judgement;
import dev.kalends.verdict.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers {@code GET /v1/jobs/{job}/why}: what became of a nominal instant of a job, and why. */
final class WhyEndpoint {
    private final Services services;
    private final NodeFacts node;
    private final JobFinder finder;

    WhyEndpoint(Services services, NodeFacts node) {
        this.services = services;
        this.node = node;
        this.finder = new JobFinder(services.partitions());
    }

    Answer why(Request request) {
        request.query().allow(Set.of("at"));
        Found found = finder.find(request.parameter("job"), request.scope(), Use.LOOK);
        long nowMs = services.clocks().nowMs();
        Optional<String> at = request.query().one("at");
        Optional<Facts> facts = new WhyFacts(found, nowMs).about(at);
        if (facts.isEmpty()) {
            return Answer.ok(neverRan(found, nowMs));
        }
        if (facts.get().asked().kind() != RunKind.SCHEDULED && facts.get().run().isEmpty()) {
            throw new ApiException(
                    ErrorCode.NOT_FOUND,
                    "no such run, or its history is gone; run=" + facts.get().asked(),
                    "list them: kalends runs " + found.row().spec().display());
        }
        return Answer.ok(view(found, facts.get()));
    }

    private WhyView view(Found found, Facts facts) {
        Judgement judgement = Judge.of(facts);
        WhyWords words = new WhyWords(facts, judgement, services.meters().sloMs());
        JobSpec ruling = facts.job().ruling();
        PartitionHandle.Status status = found.handle().status();
        Views views = new Views(found.handle(), node.name(), facts.nowMs());
        return new WhyView(
                InstantText.format(facts.nowMs()),
                found.id().toString(),
                ruling.name().name().orElse(null),
                ruling.tenant(),
                InstantText.format(facts.nominalMs()),
                dueAt(facts, judgement.verdict()),
                judgement.verdict().word(),
                words.sentence(),
                judgement.why().isEmpty() ? null : judgement.why(),
                words.late().map(WhyEndpoint::stage).orElse(null),
                judgement.stages().stream().map(WhyEndpoint::stage).toList(),
                judgement.behind().map(RunId::toString).orElse(null),
                ruling.generation(),
                facts.job().current().generation(),
                InstantText.format(ruling.acceptedMs()),
                found.handle().partition(),
                status.epoch(),
                status.leading(),
                facts.run().map(run -> views.runInFull(run, Optional.empty())).orElse(null),
                facts.line().map(WhyEndpoint::ledger).orElse(null),
                pause(found),
                instant(judgement.beforeMs()),
                instant(judgement.afterMs()),
                next(found, facts.nowMs()),
                words.hints());
    }

    /** A job that runs when it is triggered, and never was. */
    private WhyView neverRan(Found found, long nowMs) {
        JobSpec spec = found.row().spec();
        PartitionHandle.Status status = found.handle().status();
        return new WhyView(
                InstantText.format(nowMs),
                spec.id().toString(),
                spec.name().name().orElse(null),
                spec.tenant(),
                null,
                null,
                Verdict.NOT_A_FIRE.word(),
                "it has not run: it runs only when it is triggered",
                "it runs only when it is triggered",
                null,
                List.of(),
                null,
                spec.generation(),
                spec.generation(),
                InstantText.format(spec.acceptedMs()),
                found.handle().partition(),
                status.epoch(),
                status.leading(),
                null,
                null,
                pause(found),
                null,
                null,
                null,
                List.of("kalends trigger " + spec.display()));
    }

    /** When it came or comes due; nothing for what is no fire. */
    private static @Nullable String dueAt(Facts facts, Verdict verdict) {
        return verdict == Verdict.NOT_A_FIRE || verdict == Verdict.NOT_ACCEPTED
                ? null
                : InstantText.format(facts.run().map(run -> run.times().dueMs()).orElseGet(facts::dueMs));
    }

    private static @Nullable PauseView pause(Found found) {
        return PauseViews.over(found.handle().reader(), found.row()).orElse(null);
    }

    private static @Nullable FireView next(Found found, long nowMs) {
        return new FiresAhead(found.row(), nowMs)
                .from(0, 1).stream().findFirst().orElse(null);
    }

    private static WhyView.Stage stage(Judgement.Stage stage) {
        return new WhyView.Stage(stage.name(), stage.ms());
    }

    private static WhyView.Ledger ledger(LedgerLine line) {
        return new WhyView.Ledger(
                InstantText.format(line.fromMs()),
                InstantText.format(line.toMs()),
                line.count(),
                line.verdict().word(),
                line.reason().orElse(null));
    }

    private static @Nullable String instant(OptionalLong ms) {
        return ms.isPresent() ? InstantText.format(ms.getAsLong()) : null;
    }
}
