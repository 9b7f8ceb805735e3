package dev.kalends.tui.feed;

import dev.kalends.api.ActionPage;
import dev.kalends.api.ActionResult;
import dev.kalends.api.ApiException;
import dev.kalends.api.DeadAnswer;
import dev.kalends.api.DeadRequest;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.JobView;
import dev.kalends.api.PartitionView;
import dev.kalends.api.PauseRequest;
import dev.kalends.client.Flag;
import dev.kalends.client.NodeClient;
import dev.kalends.tui.model.Order;
import dev.kalends.tui.model.Order.JobRef;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries orders out, by what they name and only as it was on the screen: a job that was edited since, a partition
 * with another leader, a group with another count are refused. Blocks; makes no decision of its own.
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
            case Order.Redrive redrive -> client.redrive(request(redrive.letters(), true));
            case Order.Discard discard -> client.discard(request(discard.letters(), true));
            case Order.CancelJobs _, Order.PauseJobs _, Order.ResumeJobs _, Order.Trigger _, Order.CancelRuns _ ->
                throw notCounted(order);
            case Order.Rerun _, Order.Drain _, Order.Undrain _, Order.StepDown _ -> throw notCounted(order);
        };
    }

    private static IllegalArgumentException notCounted(Order order) {
        return new IllegalArgumentException("only orders for dead letters are counted; order=" + order);
    }

    /** Does it; what was done in a line. */
    String perform(Order order) {
        return switch (order) {
            case Order.CancelJobs it -> each(unchanged(it.jobs()), id -> client.cancelJob(id, Flag.OFF));
            case Order.PauseJobs it -> all(client::pause, unchanged(it.jobs()), REASON);
            case Order.ResumeJobs it -> all(client::resume, unchanged(it.jobs()), null);
            case Order.Trigger it -> each(unchanged(List.of(it.job())), id -> client.trigger(id, Flag.OFF));
            case Order.CancelRuns it -> each(it.runs(), run -> client.cancelRun(run, Flag.ON));
            case Order.Rerun it -> each(it.runs(), client::rerun);
            case Order.Redrive it -> letters(it.letters(), client::redrive, "being redriven");
            case Order.Discard it -> letters(it.letters(), client::discard, "discarded");
            case Order.Drain it -> line(client.drainNode(it.node()));
            case Order.Undrain it -> line(client.undrainNode(it.node()));
            case Order.StepDown it -> stepDown(it);
        };
    }

    /** The ids of jobs that are still as they were on the screen: a fire changes nothing of that, an edit does. */
    private List<String> unchanged(List<JobRef> jobs) {
        List<String> ids = new ArrayList<>();
        for (JobRef job : jobs) {
            JobView now = client.job(job.id());
            if (now.generation() != job.generation()) {
                throw new ApiException(
                        ErrorCode.CONFLICT,
                        "it changed meanwhile, nothing was done; job=" + job.name() + " generation=" + now.generation(),
                        "look again");
            }
            ids.add(job.id());
        }
        return ids;
    }

    private String each(List<String> targets, Function<String, ActionResult> act) {
        List<String> failures = new ArrayList<>();
        String last = "";
        for (String target : targets) {
            try {
                last = line(act.apply(target));
            } catch (ApiException e) {
                failures.add(target + ": " + e.message());
            }
        }
        return told(targets.size(), failures, last);
    }

    private String all(Function<PauseRequest, ActionPage> act, List<String> jobs, @Nullable String reason) {
        List<ActionResult> results = act.apply(new PauseRequest(jobs, null, null, null, reason, null))
                .items();
        List<String> failures = results.stream()
                .filter(result ->
                        result.outcome().equals("not_found") || result.outcome().equals("still_paused"))
                .map(Performer::line)
                .toList();
        return told(jobs.size(), failures, results.isEmpty() ? "" : line(results.getLast()));
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
    private String letters(Order.Letters letters, Function<DeadRequest, DeadAnswer> act, String done) {
        if (letters.runs().isEmpty()) {
            long count = act.apply(request(letters, true)).count();
            if (count != letters.expected()) {
                throw new ApiException(
                        ErrorCode.CONFLICT,
                        "the group has changed, nothing was done; expected=" + letters.expected() + " count=" + count,
                        "look again");
            }
        }
        DeadAnswer answer = act.apply(request(letters, null));
        return answer.count() + (answer.count() == 1 ? " run is " : " runs are ") + done;
    }

    private static DeadRequest request(Order.Letters letters, @Nullable Boolean dryRun) {
        return letters.runs().isEmpty()
                ? new DeadRequest(null, letters.fingerprint(), null, null, null, null, null, dryRun)
                : new DeadRequest(letters.runs(), null, null, null, null, null, null, dryRun);
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
