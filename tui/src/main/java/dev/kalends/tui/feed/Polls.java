package dev.kalends.tui.feed;

import dev.kalends.api.DeadPage;
import dev.kalends.api.JobPage;
import dev.kalends.api.JobView;
import dev.kalends.api.OutputView;
import dev.kalends.api.RunPage;
import dev.kalends.api.RunView;
import dev.kalends.client.DeadQuery;
import dev.kalends.client.ForecastQuery;
import dev.kalends.client.JobQuery;
import dev.kalends.client.NodeClient;
import dev.kalends.client.RunQuery;
import dev.kalends.tui.model.Data;
import dev.kalends.tui.model.Interest;
import dev.kalends.tui.model.Pulse;
import dev.kalends.tui.model.Reading;
import dev.kalends.tui.model.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What is read for a view: the header's figures always, the rest only while somebody looks at it. */
final class Polls {
    /** The poll that tells whether the node lives. */
    static final String FIGURES = "stats";

    private static final int RUNS = 500;
    private static final int JOB_RUNS = 120;
    private static final int DEAD = 1_000;
    private static final int JOBS_A_PAGE = 500;

    private Polls() {}

    static List<Poll> of(Interest interest) {
        List<Poll> polls = new ArrayList<>();
        boolean leases = interest.view() == View.LEASES;
        polls.add(new Poll(FIGURES, 1_000, client -> new Reading.Stats(client.stats())));
        specific(interest).ifPresent(polls::add);
        if (interest.view() == View.OVERVIEW) {
            polls.add(new Poll("minutes", 1_000, client -> new Reading.Beat(Pulse.of(client.minutes()))));
            polls.add(new Poll("leases", 2_000, Polls::leases));
            polls.add(new Poll("dead", 10_000, Polls::dead));
        }
        polls.add(new Poll(
                "partitions",
                leases ? 1_000 : 3_000,
                client -> new Reading.Partitions(client.partitionLeases().items())));
        polls.add(new Poll(
                "nodes", 3_000, client -> new Reading.Nodes(client.nodes().items())));
        polls.add(new Poll(
                "workers", 5_000, client -> new Reading.Workers(client.workers().items())));
        return polls;
    }

    /** Polls whose answer depends on what was chosen are named by it: another choice is another poll. */
    private static Optional<Poll> specific(Interest interest) {
        String name = interest.view() + " " + interest.subject() + " " + interest.filter() + " " + interest.limit();
        return switch (interest.view()) {
            case OVERVIEW -> Optional.of(new Poll("forecast", 10_000, Polls::forecast));
            case LEASES -> Optional.of(new Poll("leases", 1_000, Polls::leases));
            case DEAD -> Optional.of(new Poll("dead", 3_000, Polls::dead));
            case NODES -> Optional.empty();
            case TENANTS ->
                Optional.of(new Poll(
                        "tenants",
                        3_000,
                        client -> new Reading.Tenants(client.tenants().items())));
            case JOBS -> Optional.of(new Poll(name, 2_000, client -> jobs(client, interest)));
            case RUNS -> Optional.of(new Poll(name, 2_000, Polls::runs));
            case JOB -> Optional.of(new Poll(name, 2_000, client -> job(client, interest.subject())));
            case RUN -> Optional.of(new Poll(name, 1_000, client -> run(client, interest.subject())));
        };
    }

    private static Reading leases(NodeClient client) {
        return new Reading.Leases(client.runLeases().items());
    }

    private static Reading forecast(NodeClient client) {
        ForecastQuery query =
                new ForecastQuery(Optional.empty(), List.of(), Optional.empty(), Optional.of("80s"), Optional.of("1s"));
        return new Reading.Forecast(client.forecast(query));
    }

    private static Reading dead(NodeClient client) {
        DeadPage page = client.dead(new DeadQuery(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), DEAD, Optional.empty()));
        return new Reading.Dead(page);
    }

    /** As many pages as somebody has scrolled to; the node narrows, so that a filter finds what was not read. */
    private static Reading jobs(NodeClient client, Interest interest) {
        Optional<String> glob =
                interest.filter().isEmpty() ? Optional.empty() : Optional.of("*" + plain(interest.filter()) + "*");
        List<JobView> items = new ArrayList<>();
        Optional<String> after = Optional.empty();
        boolean more = true;
        while (more && items.size() < interest.limit()) {
            JobPage page =
                    client.jobs(new JobQuery(glob, Optional.empty(), List.of(), Optional.empty(), JOBS_A_PAGE, after));
            items.addAll(page.items());
            after = Optional.ofNullable(page.next());
            more = after.isPresent();
        }
        return new Reading.Jobs(new Data.Jobs(List.copyOf(items), more));
    }

    /** What was typed means itself: signs of a pattern match any character. */
    private static String plain(String filter) {
        return filter.replaceAll("[*?\\[\\]{}\\\\\\s]", "?");
    }

    private static Reading runs(NodeClient client) {
        RunPage page = client.runs(new RunQuery(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), RUNS, Optional.empty()));
        return new Reading.Runs(page.items());
    }

    private static Reading job(NodeClient client, String subject) {
        JobView job = client.job(subject);
        RunPage runs = client.runs(new RunQuery(
                Optional.of(job.id()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                JOB_RUNS,
                Optional.empty()));
        return new Reading.Job(subject, new Data.JobDetail(job, runs.items()));
    }

    private static Reading run(NodeClient client, String subject) {
        RunView run = client.run(subject);
        OutputView output = run.output() == null ? client.output(run.id(), OptionalInt.empty()) : run.output();
        return new Reading.Run(subject, new Data.RunDetail(run, output.text(), output.offset() > 0));
    }
}
