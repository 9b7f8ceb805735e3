package dev.kalends.cli.dead;

import dev.kalends.api.DeadAnswer;
import dev.kalends.api.DeadRequest;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Confirmation;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.Rendering;
import dev.kalends.client.Flag;
import dev.kalends.client.NodeClient;
import dev.kalends.schedule.DurationText;
import dev.kalends.tui.text.SafeText;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * {@code dlq redrive} and {@code dlq discard}: change dead letters, after a look at how many they are.
 *
 * <p>What a person confirmed by typing a count is what is changed: the runs that were counted are then named one by
 * one, as far as the node listed them, so that a run that died in between is not swept along.
 */
public final class DeadActionCommand implements Command {
    private static final long MINUTE_MS = 60_000;

    private final Action action;

    private enum Action {
        REDRIVE,
        DISCARD
    }

    private DeadActionCommand(Action action) {
        this.action = action;
    }

    /** Gives dead letters another series of attempts. */
    public static DeadActionCommand redrive() {
        return new DeadActionCommand(Action.REDRIVE);
    }

    /** Ends dead letters for good. */
    public static DeadActionCommand discard() {
        return new DeadActionCommand(Action.DISCARD);
    }

    @Override
    public void declare(Grammar grammar) {
        String word = action == Action.REDRIVE ? "dlq redrive" : "dlq discard";
        String choice = " (RUN… | " + DeadFlags.SYNOPSIS + " | --all)";
        String rate = action == Action.REDRIVE ? " [--rate N/s] [--canary]" : "";
        grammar.synopsis(word + choice + rate + " [--dry-run] [--yes]")
                .positionals("RUN", "0..*", "as dlq ls prints them");
        DeadFlags.declare(grammar);
        grammar.toggle("--all", "all dead letters");
        if (action == Action.REDRIVE) {
            grammar.value("--rate", "N/s", "how fast: N/s, N/m or N/h (default 5/s)")
                    .toggle(
                            "--canary",
                            "one first, when it succeeds ten, then all; stop when one dies again: status 8");
        }
        grammar.toggle("--dry-run", "say how many it would be, change nothing").examples(examples(word));
    }

    private String[] examples(String word) {
        String preview = "kalends " + word + " --job 'billing/*' --error 'HTTP 503' --dry-run";
        return action == Action.REDRIVE
                ? new String[] {preview, "kalends dlq redrive --fingerprint ddcb30be --canary --yes"}
                : new String[] {preview};
    }

    @Override
    public int run(Arguments arguments, Session session) throws IOException, InterruptedException {
        NodeClient client = session.client();
        boolean canary = action == Action.REDRIVE && arguments.has("--canary");
        DeadRequest chosen = DeadFlags.request(arguments, canary ? Flag.ON : Flag.OFF);
        @Nullable String rate = action == Action.REDRIVE ? arguments.textOrNull("--rate") : null;
        boolean dryRun = arguments.has("--dry-run");
        if (!dryRun && session.settings().manner().yes()) {
            return done(session, ask(client, chosen, rate, Flag.OFF));
        }
        DeadAnswer preview = ask(client, chosen, rate, Flag.ON);
        if (dryRun
                && (session.rendering().quiet() || session.rendering().format().isJson())) {
            print(session, preview);
            return DONE;
        }
        Flag only = dryRun ? Flag.ON : Flag.OFF;
        if (new Confirmation(session).of(preview.count(), "run", done(preview), only)) {
            boolean listed = preview.runs().size() == preview.count();
            return done(session, ask(client, listed ? named(preview, chosen) : chosen, rate, Flag.OFF));
        }
        return DONE;
    }

    /** A redrive with a canary is followed to its end. */
    private int done(Session session, DeadAnswer answer) throws InterruptedException {
        String redrive = answer.redrive();
        if (redrive != null) {
            return new CanaryWatch(session, session.client()).follow(redrive);
        }
        print(session, answer);
        return DONE;
    }

    private DeadAnswer ask(NodeClient client, DeadRequest chosen, @Nullable String rate, Flag dryRun) {
        DeadRequest request = new DeadRequest(
                chosen.runs(),
                chosen.fingerprint(),
                chosen.error(),
                chosen.job(),
                chosen.all(),
                chosen.since(),
                rate,
                dryRun == Flag.ON ? true : null,
                chosen.canary());
        return switch (action) {
            case REDRIVE -> client.redrive(request);
            case DISCARD -> client.discard(request);
        };
    }

    private static DeadRequest named(DeadAnswer preview, DeadRequest chosen) {
        return new DeadRequest(preview.runs(), null, null, null, null, null, null, null, chosen.canary());
    }

    /** {@code redriven at 5/s (8 s)}. */
    private String done(DeadAnswer answer) {
        return switch (action) {
            case REDRIVE -> "redriven at " + rate(answer.ratePerSec()) + " (" + seconds(answer.durationMs()) + ")";
            case DISCARD -> "discarded";
        };
    }

    private void print(Session session, DeadAnswer answer) {
        Rendering to = session.rendering();
        if (to.quiet()) {
            answer.runs().forEach(run -> to.out().line(SafeText.field(run)));
        } else if (to.format().isJson()) {
            to.json(answer);
        } else if (to.forPeople()) {
            sentence(session, answer);
        } else {
            to.out().line(answer.count() + "\t" + answer.ratePerSec() + "\t" + answer.durationMs());
        }
    }

    private void sentence(Session session, DeadAnswer answer) {
        if (answer.count() == 0) {
            session.tell("nothing to do: no run matches");
            return;
        }
        String runs = answer.count() + (answer.count() == 1 ? " run" : " runs");
        switch (action) {
            case REDRIVE -> {
                session.surroundings()
                        .out()
                        .line(runs + " " + (answer.count() == 1 ? "is" : "are") + " being " + done(answer) + ".");
                session.tell("watch them: kalends events -f   what is left: kalends dlq ls");
            }
            case DISCARD -> session.surroundings().out().line(runs + " discarded.");
        }
    }

    /** {@code 5/s}; slower than one a second by the minute or the hour. */
    private static String rate(double perSec) {
        double perMinute = perSec * 60;
        return perSec >= 1
                ? number(perSec) + "/s"
                : perMinute >= 1 ? number(perMinute) + "/m" : number(perMinute * 60) + "/h";
    }

    private static String number(double number) {
        double rounded = Math.round(number * 10) / 10.0;
        return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
    }

    /** Whole seconds, rounded up; from a minute on in words. */
    private static String seconds(long ms) {
        long roundedMs = (ms + 999) / 1000 * 1000;
        return roundedMs < MINUTE_MS ? roundedMs / 1000 + " s" : DurationText.words(roundedMs);
    }
}
