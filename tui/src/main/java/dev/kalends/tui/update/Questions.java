package dev.kalends.tui.update;

import dev.kalends.api.DeadAnswer;
import dev.kalends.tui.model.Order;
import dev.kalends.tui.model.Order.JobRef;
import dev.kalends.tui.model.Order.LeaseRef;
import dev.kalends.tui.model.Order.RunRef;
import dev.kalends.tui.model.Overlay.Confirm;
import dev.kalends.tui.text.Figures;
import dev.kalends.tui.text.Spans;
import java.util.ArrayList;
import java.util.List;

/** What is asked before an order is carried out: what it will do, and what must be typed. */
final class Questions {
    private static final String YES = "y";
    private static final int SHOWN_MAX = 6;
    /** Names in one answer of the node; above that the rest is found by its fingerprint. */
    private static final int NAMED_MAX = 1_000;

    private Questions() {}

    /** The question of an order that needs no counting by the node. */
    static Confirm of(Order order) {
        return switch (order) {
            case Order.CancelJobs it ->
                ask(
                        order,
                        "Cancel " + counted(it.jobs().size(), "job"),
                        names(it.jobs()),
                        many(it.jobs().size()),
                        "Ends for good, nothing fires again. Runs under way go on; cancel them by themselves.");
            case Order.PauseJobs it ->
                ask(
                        order,
                        "Pause " + counted(it.jobs().size(), "job"),
                        names(it.jobs()),
                        YES,
                        "Holds back every fire until somebody resumes. Runs under way go on.");
            case Order.ResumeJobs it ->
                ask(
                        order,
                        "Resume " + counted(it.jobs().size(), "job"),
                        names(it.jobs()),
                        YES,
                        "Fires again. What was held back is made up for as the job's catch-up says.");
            case Order.Trigger it -> ask(order, "Run now", names(List.of(it.job())), YES, "Makes one manual run, now.");
            case Order.CancelRuns it ->
                ask(
                        order,
                        "Cancel " + counted(it.runs().size(), "run"),
                        ids(it.runs()),
                        many(it.runs().size()),
                        "What runs is stopped: TERM, then KILL. It is not tried again.");
            case Order.Rerun it ->
                ask(
                        order,
                        "Reopen " + counted(it.runs().size(), "run"),
                        ids(it.runs()),
                        YES,
                        "Gives each another series of attempts.");
            case Order.Release it -> release(it);
            case Order.Drain it ->
                ask(
                        order,
                        "Drain node",
                        List.of(it.node()),
                        YES,
                        "It gives its partitions to the others and takes none until undrain.");
            case Order.Undrain it ->
                ask(order, "Undrain node", List.of(it.node()), YES, "It may lead partitions again.");
            case Order.StepDown it ->
                ask(
                        order,
                        "Step down",
                        List.of("partition " + it.partition() + ", led by " + it.leader()),
                        YES,
                        "The leader gives it back once; nothing fires there until another one has it.");
            case Order.Redrive it -> ask(order, "Redrive", it.letters().runs(), YES, "");
            case Order.Discard it -> ask(order, "Discard", it.letters().runs(), YES, "");
        };
    }

    /** The question of an order for dead letters, as the node counted them. */
    static Confirm ofLetters(Order order, DeadAnswer answer) {
        String runs = counted(answer.count(), "run");
        String wanted = Long.toString(answer.count());
        List<String> lines = new ArrayList<>();
        Order counted = order;
        String title = "";
        if (order instanceof Order.Redrive redrive) {
            counted = new Order.Redrive(redrive.letters().counted(answer), redrive.pace());
            title = "Redrive " + runs;
            lines.add(redrive.letters().words());
            lines.add(runs + " → another series of attempts each, paced " + Figures.decimal(answer.ratePerSec())
                    + "/s (" + Spans.brief(answer.durationMs()) + ").");
            lines.add(pace(redrive.pace()));
        } else if (order instanceof Order.Discard discard) {
            counted = new Order.Discard(discard.letters().counted(answer));
            title = "Discard " + runs;
            lines.add(discard.letters().words());
            lines.add(runs + " are dropped for good and can never be redriven.");
        }
        lines.add(
                answer.count() <= NAMED_MAX
                        ? "Exactly the runs that were counted; one that died since is left alone."
                        : "More than can be named: refused if the node then counts other than " + wanted + ".");
        return new Confirm(counted, title, lines, wanted, "");
    }

    private static String pace(Order.Pace pace) {
        return switch (pace) {
            case STRAIGHT -> "c: with a canary, one first, then ten, then all.";
            case CANARY -> "CANARY: one first, when it succeeds ten, then all; stops when one dies again. c: without.";
        };
    }

    /** The question about a redrive with the other pace. */
    static Confirm paced(Confirm confirm, Order.Redrive redrive) {
        Order.Pace other = redrive.pace() == Order.Pace.CANARY ? Order.Pace.STRAIGHT : Order.Pace.CANARY;
        List<String> lines = confirm.lines().stream()
                .map(line -> line.equals(pace(redrive.pace())) ? pace(other) : line)
                .toList();
        return new Confirm(
                new Order.Redrive(redrive.letters(), other), confirm.title(), lines, confirm.wanted(), confirm.typed());
    }

    private static Confirm ask(Order order, String title, List<String> things, String wanted, String consequence) {
        List<String> lines = new ArrayList<>(things.subList(0, Math.min(SHOWN_MAX, things.size())));
        if (things.size() > SHOWN_MAX) {
            lines.add("… and " + (things.size() - SHOWN_MAX) + " more");
        }
        lines.add(consequence);
        return new Confirm(order, title, lines, wanted, "");
    }

    private static Confirm release(Order.Release order) {
        return ask(
                order,
                "Release " + counted(order.leases().size(), "run"),
                order.leases().stream().map(Questions::words).toList(),
                many(order.leases().size()),
                "The worker is told to stop; once the lease has run out the run is tried again, as after a lost"
                        + " worker: an attempt is used up, and on-lost fail ends it dead.");
    }

    private static List<String> ids(List<RunRef> runs) {
        return runs.stream().map(RunRef::id).toList();
    }

    private static String words(LeaseRef lease) {
        return lease.run() + "  token " + lease.token();
    }

    private static List<String> names(List<JobRef> jobs) {
        return jobs.stream().map(JobRef::name).toList();
    }

    /** One can be meant by a slip of the finger less easily than many: those are counted. */
    private static String many(int count) {
        return count == 1 ? YES : Integer.toString(count);
    }

    private static String counted(long count, String thing) {
        return Figures.count(count) + " " + thing + (count == 1 ? "" : "s");
    }
}
