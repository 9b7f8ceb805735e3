package dev.kalends.cli.crontab;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.JobRequest;
import dev.kalends.api.JobView;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.crontab.ImportRow.Outcome;
import dev.kalends.job.JobName;
import dev.kalends.job.Window;
import dev.kalends.schedule.InstantText;
import dev.kalends.schedule.NextFires;
import dev.kalends.tui.text.SafeText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an import would do: a row for each line, and the requests that make the new jobs. */
final class ImportPlan {
    private static final long YEAR_MS = 365L * 86_400_000;
    private static final int WORDS_MIN = 2;

    private final Session session;
    private final Accounts accounts;
    private final String tenant;
    private final List<ImportRow> rows = new ArrayList<>();
    private final Map<Integer, JobRequest> requestByRow = new HashMap<>();

    ImportPlan(Session session, Accounts accounts) {
        this.session = session;
        this.accounts = accounts;
        this.tenant = session.settings().target().tenant().orElse(JobName.DEFAULT_TENANT);
    }

    List<ImportRow> rows() {
        return rows;
    }

    /** The places of the rows whose jobs are still to be made, in order. */
    List<Integer> places() {
        return requestByRow.keySet().stream().sorted().toList();
    }

    JobRequest request(int place) {
        return Optional.ofNullable(requestByRow.get(place)).orElseThrow();
    }

    void add(CrontabSource source, Crontab crontab, ImportedBefore before) {
        checkUsers(source, crontab);
        crontab.notes().forEach(note -> session.tell("note: " + SafeText.line(source.place() + ": " + note)));
        source.owner()
                .filter(_ -> !crontab.entries().isEmpty())
                .ifPresent(owner -> session.tell("note: " + source.place() + ": its jobs run as " + owner));
        Map<String, Integer> timesByName = new HashMap<>();
        List<ImportRow> found = new ArrayList<>();
        for (CrontabEntry entry : crontab.entries()) {
            ImportedJob job = ImportedJob.of(source, entry);
            int times = timesByName.merge(job.name(), 1, Integer::sum);
            job = times == 1 ? job : job.again(times);
            timesByName.putIfAbsent(job.name(), 1);
            add(job, before);
        }
        crontab.unkept().forEach(line -> found.add(ImportRow.unkept(source.place(), line)));
        for (JobView gone : before.others(timesByName.keySet())) {
            found.add(gone(source, gone));
        }
        rows.addAll(found);
    }

    private void add(ImportedJob job, ImportedBefore before) {
        String place = job.source().place();
        warn(place + " line " + job.entry().line(), job);
        List<NextFires.Fire> fires = job.fires(tenant).after(session.nowMs(), Window.OPEN, 0, 1);
        Optional<JobView> live = before.live(job.name());
        if (live.isEmpty()) {
            requestByRow.put(rows.size(), job.request(accounts, before.over(job.name())));
        }
        rows.add(new ImportRow(
                place,
                job.entry().line(),
                live.isPresent() ? Outcome.UNCHANGED : Outcome.NEW,
                Optional.of(job.name()),
                live.map(JobView::id),
                Optional.of(job.words(tenant)),
                fires.stream().map(fire -> InstantText.format(fire.atMs())).findFirst(),
                Optional.empty()));
    }

    private void warn(String place, ImportedJob job) {
        job.entry().notes().forEach(note -> session.tell("note: " + SafeText.line(place + ": " + note)));
        long nowMs = session.nowMs();
        job.fires(tenant)
                .warnings(nowMs, nowMs + YEAR_MS)
                .forEach(warning -> session.tell("warning: " + SafeText.line(place + ": " + warning)));
    }

    private static ImportRow gone(CrontabSource source, JobView job) {
        return new ImportRow(
                source.place(),
                0,
                Outcome.GONE,
                Optional.ofNullable(job.name()),
                Optional.of(job.id()),
                Optional.empty(),
                Optional.ofNullable(job.nextFireAt()),
                Optional.of("no line says it any more"));
    }

    /** A user column that was overlooked would make each user's name a command; one that is not there makes no job. */
    private void checkUsers(CrontabSource source, Crontab crontab) {
        boolean expected = source.column() == CrontabReader.Column.USER;
        boolean looksLikeUsers = !expected
                && !crontab.entries().isEmpty()
                && crontab.entries().stream().allMatch(this::beginsWithUser);
        if (looksLikeUsers) {
            throw new ApiException(
                    ErrorCode.USAGE,
                    "every command of this crontab begins with a user's name; file=" + source.place(),
                    "read it with --user-column, as /etc/crontab is");
        }
        boolean nobody = expected
                && crontab.entries().isEmpty()
                && !crontab.unkept().isEmpty()
                && crontab.unkept().stream().allMatch(line -> line.why().contains("sixth field"));
        if (nobody) {
            throw new ApiException(
                    ErrorCode.USAGE,
                    "no line of this crontab names a user; file=" + source.place(),
                    "read it without --user-column, as a crontab of one user");
        }
    }

    private boolean beginsWithUser(CrontabEntry entry) {
        String[] words = entry.command().shellText().split("[ \t]+", WORDS_MIN + 1);
        return words.length >= WORDS_MIN
                && (words[0].equals("root") || (accounts.has(words[0]) && words[1].startsWith("/")));
    }
}
