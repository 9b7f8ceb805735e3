package dev.kalends.cli.e2e;

import dev.kalends.job.DstRule;
import dev.kalends.schedule.CronExpression;
import dev.kalends.schedule.FireTimes;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Holds our fires against another evaluator's. Differences that are known are counted apart, by their reason:
 *
 * <ul>
 *   <li><em>clock</em>: the fire lies within an hour of a clock change, or within what it shifts. Others leave out what
 *       a gap jumps over, and lose wildcard fires in an overlap; here cronie's rules hold.
 *   <li><em>day fields</em>: a star with a step beside a chosen day means AND in cronie and here, OR to croner.
 * </ul>
 *
 * <p>{@code main} is what {@code scripts/compare-cron} starts.
 */
final class PeerComparison {
    private static final int SHOWN_MAX = 10;
    private static final int QUESTIONS = 400;
    private static final long SEED = 20_261_130;

    private final String peer;
    private final List<String> unexplained = new ArrayList<>();
    private int asked;
    private int agreed;
    private int clock;
    private int dayFields;

    PeerComparison(String peer) {
        this.peer = peer;
    }

    /** Arguments: the script that asks croner, croner's directory. Exit status 1 when a difference is not explained. */
    public static void main(String[] arguments) throws Exception {
        List<PeerQuestion> questions = questions(QUESTIONS, SEED);
        PeerComparison croner = new PeerComparison("croner");
        croner.add(questions, new Peer.Croner(Path.of(arguments[0]), Path.of(arguments[1])).answers(questions));
        PeerComparison systemd = new PeerComparison("systemd-analyze");
        systemd.add(questions, new Peer.Systemd().answers(questions));
        System.out.printf(
                "%-16s %9s %7s %8s %15s %10s%n",
                "peer", "questions", "agree", "differ", "excluded: clock", "day fields");
        Stream.of(croner, systemd).forEach(comparison -> System.out.println(comparison.row()));
        Stream.of(croner, systemd)
                .forEach(comparison -> comparison.unexplained().forEach(System.out::println));
        boolean explained = croner.unexplained.isEmpty() && systemd.unexplained.isEmpty();
        // A comparison that excludes everything would prove nothing.
        boolean proves = croner.proves() && systemd.proves();
        if (!proves) {
            System.out.println("error: too few fires agree to prove anything");
        }
        System.exit(explained && proves ? 0 : 1);
    }

    static List<PeerQuestion> questions(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<PeerQuestion> questions = new ArrayList<>();
        while (questions.size() < count) {
            PeerQuestion question = PeerQuestion.random(random);
            if (!CronExpression.parse(question.cron(), 0).neverFires()) {
                questions.add(question);
            }
        }
        return questions;
    }

    void add(List<PeerQuestion> questions, List<Optional<List<Long>>> answers) {
        for (int i = 0; i < questions.size(); i++) {
            if (answers.get(i).isPresent()) {
                compare(questions.get(i), answers.get(i).get());
            }
        }
    }

    private void compare(PeerQuestion question, List<Long> theirs) {
        asked++;
        List<Long> ours = fires(question);
        // Each names its first fires, so only up to the earlier end of the two do both speak.
        long untilMs = Math.min(last(ours), last(theirs));
        TreeSet<Long> all = new TreeSet<>(ours);
        all.addAll(theirs);
        for (long fire : all.headSet(untilMs, true)) {
            if (ours.contains(fire) && theirs.contains(fire)) {
                agreed++;
            } else if (question.nearClockChange(fire)) {
                clock++;
            } else if (question.starredStep() && peer.equals("croner")) {
                dayFields++;
            } else {
                unexplained.add(question
                        + (ours.contains(fire) ? ": only here " : ": only there ")
                        + Instant.ofEpochMilli(fire));
            }
        }
    }

    /** The last fire; for ever when it has named all there are. */
    private static long last(List<Long> fires) {
        return fires.size() < PeerQuestion.FIRES ? Long.MAX_VALUE : fires.getLast();
    }

    private static List<Long> fires(PeerQuestion question) {
        CronExpression expression = CronExpression.parse(question.cron(), 0);
        List<Long> fires = new ArrayList<>();
        long atMs = expression.nextAfter(question.afterMs(), question.zone(), DstRule.CRON);
        while (fires.size() < PeerQuestion.FIRES && atMs != FireTimes.NEVER) {
            fires.add(atMs);
            atMs = expression.nextAfter(atMs, question.zone(), DstRule.CRON);
        }
        return fires;
    }

    private boolean proves() {
        return agreed > 3 * (clock + dayFields) && agreed > asked;
    }

    String row() {
        return String.format("%-16s %9d %7d %8d %15d %10d", peer, asked, agreed, unexplained.size(), clock, dayFields);
    }

    List<String> unexplained() {
        return unexplained.stream()
                .limit(SHOWN_MAX)
                .map(line -> peer + ": " + line)
                .toList();
    }
}
