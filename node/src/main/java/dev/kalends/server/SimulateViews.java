package dev.kalends.server;

import dev.kalends.api.SimulateAnswer;
import dev.kalends.api.SimulateRequest;
import dev.kalends.job.JobSpec;
import dev.kalends.job.LedgerLine;
import dev.kalends.rehearsal.Counted;
import dev.kalends.rehearsal.Finding;
import dev.kalends.rehearsal.Report;
import dev.kalends.rehearsal.Scenario;
import dev.kalends.rehearsal.Starts;
import dev.kalends.schedule.InstantText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows a rehearsal as the API does. */
final class SimulateViews {
    private SimulateViews() {}

    static SimulateAnswer of(Scenario scenario, Report report) {
        List<SimulateAnswer.Job> jobs = new ArrayList<>();
        for (int i = 0; i < report.jobs().size(); i++) {
            boolean draft = i >= scenario.jobs().size();
            Finding finding = report.jobs().get(i);
            jobs.add(job(finding, draft ? null : finding.spec().id().toString()));
        }
        return new SimulateAnswer(
                InstantText.format(report.startMs()),
                InstantText.format(report.endMs()),
                report.cut(),
                scenario.crew().slots(),
                scenario.course().outages().stream()
                        .map(outage -> new SimulateRequest.Outage(
                                InstantText.format(outage.fromMs()), InstantText.format(outage.toMs())))
                        .toList(),
                scenario.course().leaderKills().stream()
                        .map(InstantText::format)
                        .toList(),
                jobs,
                counts(
                        report.started(),
                        report.counts(),
                        report.jobs().stream().mapToLong(Finding::open).sum()),
                report.busiest().starts() == 0
                        ? null
                        : new SimulateAnswer.Busiest(
                                InstantText.format(report.busiest().fromMs()),
                                report.busiest().starts()));
    }

    private static SimulateAnswer.Job job(Finding finding, @Nullable String id) {
        JobSpec spec = finding.spec();
        return new SimulateAnswer.Job(
                id,
                spec.name().name().orElse(null),
                spec.tenant(),
                ScheduleViews.of(spec).type(),
                Views.word(spec.policy().catchUp()),
                Views.word(spec.policy().overlap()),
                finding.takesMs(),
                counts(finding.started(), finding.counts(), finding.open()),
                finding.verdicts().stream().map(SimulateViews::verdict).toList());
    }

    private static SimulateAnswer.Counts counts(Finding.Started started, Counted counts, long open) {
        return new SimulateAnswer.Counts(
                starts(started.inTime()),
                starts(started.caughtUp()),
                starts(started.onRequest()),
                started.retries(),
                counts.succeeded(),
                counts.dead(),
                counts.cancelled(),
                counts.skipped(),
                counts.missed(),
                open);
    }

    private static SimulateAnswer.Starts starts(Starts starts) {
        boolean any = starts.count() > 0;
        return new SimulateAnswer.Starts(
                starts.count(),
                any ? InstantText.format(starts.firstMs()) : null,
                any ? InstantText.format(starts.lastMs()) : null,
                starts.worstLateMs());
    }

    private static SimulateAnswer.Verdict verdict(LedgerLine line) {
        return new SimulateAnswer.Verdict(
                InstantText.format(line.fromMs()),
                InstantText.format(line.toMs()),
                line.count(),
                line.verdict().word(),
                line.reason().orElse(null));
    }
}
