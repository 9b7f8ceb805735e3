package dev.kalends.tui.feed;

import dev.kalends.api.ActionPage;
import dev.kalends.api.ActionResult;
import dev.kalends.api.ApiException;
import dev.kalends.api.DeadAnswer;
import dev.kalends.api.DeadRequest;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.PartitionView;
import dev.kalends.api.PauseRequest;
import dev.kalends.client.NodeClient;
import dev.kalends.tui.model.Order;
import dev.kalends.tui.model.Order.JobRef;
import dev.kalends.tui.model.Order.LeaseRef;
import dev.kalends.tui.model.Order.RunRef;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries orders out, by what they name and only as it was on the screen: the node refuses for a job that was edited
 * since, a run that was redriven, a lease that has passed; here a partition with another leader and a group with
 * another count are refused. Blocks; makes no decision of its own.
 */
final class Performer {
    private static final String REASON = "from kalends top";

    private final NodeClient client;

    Performer(NodeClient client) {
        this.client = client;
    }

    /** How many dead letters an order would change. */
    DeadAnswer count(Order order) {
        return switch (order) {
            case Order.Redrive redrive -> client.redrive(request(redrive.letters(), true, null));
            case Order.Discard discard -> client.discard(request(discard.letters(), true, null));
            case Order.CancelJobs _, Order.PauseJobs _, Order.ResumeJobs _, Order.Trigger _, Order.CancelRuns _ ->
                throw notCounted(order);
            case Order.Rerun _, Order.Release _, Order.Drain _, Order.Undrain _, Order.StepDown _ ->
                throw notCounted(order);
        };
    }

    private static IllegalArgumentException notCounted(Order order) {
        return new IllegalArgumentException("only orders for dead letters are counted; order=" + order);
    }

    /** Does it; what was done in a line. */
    String perform(Order order) {
        return switch (order) {
            case Order.CancelJobs it -> each(it.jobs(), JobRef::name, this::cancel);
            case Order.PauseJobs it -> each(it.jobs(), JobRef::name, job -> one(client.pause(only(job, REASON))));
            case Order.ResumeJobs it -> each(it.jobs(), JobRef::name, job -> one(client.resume(only(job, null))));
            case Order.Trigger it -> each(List.of(it.job()), JobRef::name, this::trigger);
            case Order.CancelRuns it -> each(it.runs(), RunRef::id, this::cancel);
            case Order.Rerun it -> each(it.runs(), RunRef::id, this::rerun);
            case Order.Release it -> each(it.leases(), LeaseRef::run, this::release);
            case Order.Redrive it ->
                it.pace() == Order.Pace.CANARY
                        ? letters(it.letters(), client::redrive, true) + "being redriven, one of them first"
                        : letters(it.letters(), client::redrive, null) + "being redriven";
            case Order.Discard it -> letters(it.letters(), client::discard, null) + "discarded";
            case Order.Drain it -> line(client.drainNode(it.node()));
            case Order.Undrain it -> line(client.undrainNode(it.node()));
            case Order.StepDown it -> stepDown(it);
        };
    }

    private ActionResult cancel(JobRef job) {
        return client.ifUnchanged().cancelJob(job.id(), job.generation());
    }

    private ActionResult trigger(JobRef job) {
        return client.ifUnchanged().trigger(job.id(), job.generation());
    }

    private ActionResult cancel(RunRef run) {
        return client.ifUnchanged().cancelRun(run.id(), run.series());
    }

    private ActionResult rerun(RunRef run) {
        return client.ifUnchanged().rerun(run.id(), run.series());
    }

    private ActionResult release(LeaseRef lease) {
        return client.ifUnchanged().release(lease.run(), OptionalLong.of(lease.token()));
    }

    private static PauseRequest only(JobRef job, @Nullable String reason) {
        return new PauseRequest(List.of(job.id()), null, null, null, reason, null, List.of(job.generation()));
    }

    private static ActionResult one(ActionPage page) {
        ActionResult result = page.items().getFirst();
        if (result.outcome().equals("not_found") || result.outcome().equals("still_paused")) {
            throw new ApiException(ErrorCode.CONFLICT, line(result), "");
        }
        return result;
    }

    private static <T> String each(List<T> targets, Function<T, String> name, Function<T, ActionResult> act) {
        List<String> failures = new ArrayList<>();
        String last = "";
        for (T target : targets) {
            try {
                last = line(act.apply(target));
            } catch (ApiException e) {
                failures.add(name.apply(target) + ": " + e.message());
            }
        }
        return told(targets.size(), failures, last);
    }

    private static String told(int targets, List<String> failures, String last) {
        if (!failures.isEmpty()) {
            throw new ApiException(
                    targets == 1 ? ErrorCode.CONFLICT : ErrorCode.PARTLY_FAILED,
                    failures.size() + " of " + targets + " refused: " + failures.getFirst(),
                    "");
        }
        return targets == 1 ? last : targets + " done, the last: " + last;
    }

    private static String line(ActionResult result) {
        String name = result.name() == null ? result.id() : result.name();
        String detail = result.detail() == null ? "" : " (" + result.detail() + ")";
        return result.outcome().replace('_', ' ') + " " + name + detail;
    }

    /** The named ones; of a group that has more than the node names, only as many as were counted. */
    private static String letters(
            Order.Letters letters, Function<DeadRequest, DeadAnswer> act, @Nullable Boolean canary) {
        if (letters.runs().isEmpty()) {
            long count = act.apply(request(letters, true, null)).count();
            if (count != letters.expected()) {
                throw new ApiException(
                        ErrorCode.CONFLICT,
                        "the group has changed, nothing was done; expected=" + letters.expected() + " count=" + count,
                        "look again");
            }
        }
        DeadAnswer answer = act.apply(request(letters, null, canary));
        return answer.count() + (answer.count() == 1 ? " run is " : " runs are ");
    }

    private static DeadRequest request(Order.Letters letters, @Nullable Boolean dryRun, @Nullable Boolean canary) {
        return letters.runs().isEmpty()
                ? new DeadRequest(null, letters.fingerprint(), null, null, null, null, null, dryRun, canary)
                : new DeadRequest(letters.runs(), null, null, null, null, null, null, dryRun, canary);
    }

    private String stepDown(Order.StepDown order) {
        PartitionView now = client.partitionLeases().items().stream()
                .filter(partition -> partition.partition() == order.partition())
                .findFirst()
                .orElseThrow(() -> new ApiException(
                        ErrorCode.NOT_FOUND, "there is no such partition; partition=" + order.partition(), ""));
        if (!order.leader().equals(now.leader()) || order.epoch() != now.epoch()) {
            throw new ApiException(
                    ErrorCode.CONFLICT,
                    "another term has begun, nothing was done; leader=" + now.leader() + " epoch=" + now.epoch(),
                    "look again");
        }
        return line(client.stepDown(order.partition()));
    }
}
