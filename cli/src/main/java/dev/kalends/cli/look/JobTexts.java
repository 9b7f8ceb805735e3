package dev.kalends.cli.look;

import dev.kalends.api.JobView;
import dev.kalends.api.RunView;
import dev.kalends.api.ScheduleView;
import dev.kalends.cli.output.Times;
import dev.kalends.schedule.DurationText;
import dev.kalends.tui.text.SafeText;
import dev.kalends.tui.text.TextWidth;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Properties of jobs and runs as short texts. None of them is safe yet. */
final class JobTexts {
    private static final int SENTENCE_PART_MAX = 250;

    private JobTexts() {}

    /** The name; the id where there is none. */
    static String display(JobView job) {
        return job.name() == null ? job.id() : job.name();
    }

    /** {@code NAME@20260308T070000Z}, which every command understands; the id for a job without a name. */
    static String display(RunView run) {
        int at = run.id().indexOf('@');
        return run.jobName() == null || at < 0
                ? run.id()
                : run.jobName() + run.id().substring(at);
    }

    /** A text for a sentence on a terminal: harmless, and no longer than a name may be. */
    static String inSentence(String text) {
        return TextWidth.cut(SafeText.line(text), SENTENCE_PART_MAX);
    }

    /** The schedule in words; in its own form where the node sends no words. */
    static String schedule(ScheduleView schedule) {
        if (schedule.words() != null) {
            return schedule.words();
        }
        if (schedule.cron() != null) {
            return schedule.cron();
        }
        if (schedule.everyMs() != null) {
            return "every " + DurationText.words(schedule.everyMs());
        }
        return schedule.type();
    }

    /** What the job does, on one line. */
    static String work(JobView job) {
        if (job.command() != null) {
            return shellWords(job.command());
        }
        return job.url() == null ? job.kind() : job.url();
    }

    /** {@code a=1,b=2}. */
    static String labels(Map<String, String> labels) {
        StringJoiner text = new StringJoiner(",");
        labels.forEach((key, value) -> text.add(key + "=" + value));
        return text.toString();
    }

    /** How long a run's last attempt took; null when it has not ended or never began. */
    static @Nullable Long tookMs(RunView run) {
        long startedMs = Times.ofRfc3339(run.startedAt());
        long finishedMs = Times.ofRfc3339(run.finishedAt());
        return startedMs < 0 || finishedMs < startedMs ? null : finishedMs - startedMs;
    }

    /** {@code 4h ago} for {@code 4h 28m ago}: enough where there is little room. */
    static String coarse(String relative) {
        int first = relative.indexOf(' ');
        int second = relative.indexOf(' ', first + 1);
        boolean fine = second > 0 && relative.startsWith(" ago", second);
        return fine ? relative.substring(0, first) + " ago" : relative;
    }

    static @Nullable String words(@Nullable Long ms) {
        return ms == null ? null : DurationText.words(ms);
    }

    static @Nullable String number(@Nullable Number number) {
        return number == null ? null : number.toString();
    }

    /** Arguments as a POSIX shell would read them back. */
    private static String shellWords(Iterable<String> arguments) {
        StringJoiner text = new StringJoiner(" ");
        for (String argument : arguments) {
            boolean plain = !argument.isEmpty() && argument.chars().allMatch(JobTexts::isPlain);
            text.add(plain ? argument : "'" + argument.replace("'", "'\\''") + "'");
        }
        return text.toString();
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "@%+=:,./-_".indexOf(c) >= 0
                || c > 0x7f;
    }
}
