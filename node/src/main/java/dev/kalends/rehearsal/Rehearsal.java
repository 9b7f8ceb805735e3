package dev.kalends.rehearsal;

import dev.kalends.api.ApiException;
import dev.kalends.job.AttemptEnd;
import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.RunState;
import dev.kalends.journal.StoreReader;
import dev.kalends.memory.MemoryStore;
import dev.kalends.partition.Command;
import dev.kalends.partition.Draft;
import dev.kalends.partition.Reply;
import dev.kalends.time.VirtualClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * One rehearsal: jobs as they stand go through a stretch of time with its faults, decided by the real loop.
 *
 * <pre>
 *           begin            outage begins       outage ends         leader killed     + TAKEOVER_MS     end
 *  node     | serves ........ x                   | serves ........... x                 | serves ......... |
 *  workers  | execute ....... gone                | idle, claim ...... | execute on ..... | report, claim .. |
 * </pre>
 *
 * <p>Time goes from one moment at which something is to be done to the next; the caller's thread does all of it. What a
 * rehearsal decides is bounded by {@link #DECISIONS_MAX}; one that would go beyond ends early and says so. The same
 * scenario gives the same report.
 */
public final class Rehearsal {
    /** Changes of runs and verdicts that are decided at most: a run that succeeds makes five. */
    public static final long DECISIONS_MAX = 500_000;

    private static final int PAGE = 1_000;

    private final Scenario scenario;
    private final VirtualClock clock;
    private final MemoryStore store = new MemoryStore(RehearsedNode.PARTITION);
    private final Tally tally;
    private final RehearsedNode node;
    private final SimulatedCrew crew;
    private final Map<JobId, Execution.Script> scriptByJob = new HashMap<>();
    private final List<JobId> jobs = new ArrayList<>();
    private long servesAgainMs;

    private Rehearsal(Scenario scenario) {
        this.scenario = scenario;
        this.clock = new VirtualClock(scenario.course().startMs());
        Seeds.plant(scenario, store);
        this.tally = new Tally(store);
        this.node = new RehearsedNode(clock, store, tally);
        TreeSet<String> queues = new TreeSet<>();
        scenario.jobs().forEach(job -> queues.addAll(queues(job)));
        scenario.drafts().forEach(draft -> queues.add(draft.policy().queue()));
        this.crew = new SimulatedCrew(clock, node, scenario.crew().slots(), List.copyOf(queues), this::script);
        this.servesAgainMs = clock.nowMs();
    }

    /**
     * Rehearses.
     *
     * @throws ApiException when a draft is refused, as a submit of it would be
     */
    public static Report of(Scenario scenario) {
        return new Rehearsal(scenario).run();
    }

    private static List<String> queues(Subject job) {
        List<String> queues = new ArrayList<>();
        job.specs().forEach(spec -> queues.add(spec.policy().queue()));
        job.open().forEach(run -> queues.add(run.route().queue()));
        return queues;
    }

    private Report run() {
        for (Subject job : scenario.jobs()) {
            jobs.add(job.spec().id());
            scriptByJob.put(
                    job.spec().id(),
                    new Execution.Script(job.takesMs().orElse(scenario.crew().takesMs()), end(job.ending())));
            job.open().stream().filter(run -> run.state() == RunState.LEASED).forEach(crew::adopt);
        }
        node.begin();
        submit();
        Course course = scenario.course();
        boolean cut = false;
        while (clock.nowMs() < course.endMs() && !cut) {
            faults();
            settle();
            cut = tally.decisions() > DECISIONS_MAX;
            if (!cut) {
                clock.advanceTo(nextMs());
            }
        }
        return report(cut);
    }

    private Execution.Script script(JobId job) {
        return scriptByJob.getOrDefault(
                job, new Execution.Script(scenario.crew().takesMs(), AttemptEnd.SUCCEEDED));
    }

    private static AttemptEnd end(Subject.Ending ending) {
        return switch (ending) {
            case SUCCEEDS -> AttemptEnd.SUCCEEDED;
            case FAILS -> AttemptEnd.FAILED;
        };
    }

    private void submit() {
        List<Draft> drafts = scenario.drafts();
        for (int from = 0; from < drafts.size(); from += PAGE) {
            List<Draft> chunk = drafts.subList(from, Math.min(drafts.size(), from + PAGE));
            CompletableFuture<Reply> answer = node.ask(new Command.Submit("rehearsal/" + from, 0, chunk));
            node.work();
            Reply.Submitted submitted = (Reply.Submitted) answer.join();
            for (Reply.Line line : submitted.lines()) {
                line.refused().ifPresent(refused -> {
                    throw new ApiException(refused.code(), refused.message(), refused.hint());
                });
                line.job().ifPresent(jobs::add);
            }
        }
    }

    /** What goes wrong at this moment, and what is well again. */
    private void faults() {
        Course course = scenario.course();
        long nowMs = clock.nowMs();
        long outageEndsMs = course.servedAgainMs(nowMs);
        if (outageEndsMs > nowMs) {
            if (node.serves()) {
                node.end();
            }
            crew.die();
            servesAgainMs = outageEndsMs;
        } else if (course.killsLeaderAt(nowMs) && node.serves()) {
            node.end();
            servesAgainMs = nowMs + Course.TAKEOVER_MS;
        } else if (!node.serves() && nowMs >= servesAgainMs) {
            node.begin();
        }
    }

    /** Lets the node and the workers do all that is to be done at this moment. */
    private void settle() {
        boolean worked = true;
        while (worked) {
            worked = crew.work();
            worked |= node.work();
        }
    }

    private long nextMs() {
        Course course = scenario.course();
        long nextMs = course.nextFaultMs(clock.nowMs());
        if (node.serves()) {
            return Math.min(nextMs, Math.min(node.nextMs(), crew.nextMs()));
        }
        return Math.min(nextMs, servesAgainMs);
    }

    private Report report(boolean cut) {
        StoreReader reader = store.reader();
        List<Finding> findings = jobs.stream().map(job -> finding(job, reader)).toList();
        return new Report(scenario.course().startMs(), clock.nowMs(), cut, findings, tally.busiest());
    }

    private Finding finding(JobId job, StoreReader reader) {
        Tally.OfJob seen = tally.of(job);
        List<LedgerLine> verdicts = new ArrayList<>(seen.ends());
        Counted counts = Counted.NONE;
        for (LedgerLine end : seen.ends()) {
            counts = counts.and(end);
        }
        for (List<LedgerLine> page = reader.ledger(job, 0, PAGE); !page.isEmpty(); ) {
            for (LedgerLine line : page) {
                counts = counts.and(line);
            }
            verdicts.addAll(page.subList(0, Math.min(page.size(), Math.max(0, room(verdicts)))));
            page = page.size() < PAGE
                    ? List.of()
                    : reader.ledger(job, page.getLast().toMs() + 1, PAGE);
        }
        long open = reader.openRuns(job).size();
        JobSpec spec = reader.job(job).orElseThrow().spec();
        return new Finding(spec, script(job).takesMs(), seen.starts(), open, verdicts, counts);
    }

    private static int room(List<LedgerLine> verdicts) {
        return Finding.VERDICTS_MAX - verdicts.size();
    }
}
