package dev.kalends.cli.crontab;

import dev.kalends.api.JobRequest;
import dev.kalends.api.JobView;
import dev.kalends.job.DstRule;
import dev.kalends.job.Hash;
import dev.kalends.job.Schedule;
import dev.kalends.schedule.NextFires;
import dev.kalends.schedule.ScheduleWords;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A line of a crontab as a job.
 *
 * <p>The name says what the line says: another line has another name. So importing a crontab again changes nothing,
 * and a line that was changed shows up as a new job beside one whose line is gone.
 */
record ImportedJob(CrontabSource source, CrontabEntry entry, String name, Optional<String> user) {
    private static final int HASH_DIGITS = 8;
    private static final int ONE_ATTEMPT = 1;

    static ImportedJob of(CrontabSource source, CrontabEntry entry) {
        Optional<String> user = entry.user().or(source::owner);
        String hash = Long.toHexString(Hash.of(
                entry.when(),
                entry.zone().getId(),
                Integer.toString(entry.delayMinutes()),
                new TreeMap<>(entry.variables()).toString(),
                user.orElse(""),
                entry.command().shellText(),
                entry.command().stdin().orElse("")));
        String short8 = "0".repeat(HASH_DIGITS) + hash;
        String name = "cron/" + source.name() + "/" + Slug.of(entry.command().shellText()) + "-"
                + short8.substring(short8.length() - HASH_DIGITS);
        return new ImportedJob(source, entry, name, user);
    }

    /** The same job once more, for a line that stands there twice. */
    ImportedJob again(int number) {
        return new ImportedJob(source, entry, name + "-" + number, user);
    }

    Schedule.Cron schedule() {
        return new Schedule.Cron(entry.when(), entry.zone(), DstRule.CRON);
    }

    /** What its {@code H} fields are resolved by. */
    long hashSeed(String tenant) {
        return Hash.of(tenant, name);
    }

    String words(String tenant) {
        return ScheduleWords.of(schedule(), hashSeed(tenant));
    }

    NextFires fires(String tenant) {
        return NextFires.of(schedule(), hashSeed(tenant));
    }

    /**
     * What is handed to the node.
     *
     * @param over a job of this name that is over: its submit key would answer for it, so this one gets another
     */
    JobRequest request(Accounts accounts, Optional<JobView> over) {
        Map<String, String> env = new TreeMap<>(entry.variables());
        user.ifPresent(name -> {
            env.put("LOGNAME", name);
            env.put("USER", name);
            accounts.home(name).ifPresent(home -> env.putIfAbsent("HOME", home));
        });
        String key = "crontab" + over.map(job -> ":" + job.id()).orElse("");
        return new JobRequest(
                name,
                key,
                null,
                null,
                null,
                null,
                null,
                entry.when(),
                null,
                null,
                entry.zone().getId(),
                List.of(
                        env.getOrDefault("SHELL", "/bin/sh"),
                        "-c",
                        entry.command().shellText()),
                null,
                null,
                entry.command().stdin().orElse(null),
                env,
                directory(Optional.ofNullable(env.get("HOME"))).orElse(null),
                user.orElse(null),
                null,
                null,
                ONE_ATTEMPT,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                "allow",
                null,
                null,
                null,
                null,
                null,
                null,
                entry.delayMinutes() == 0 ? null : entry.delayMinutes() + "m",
                null,
                null,
                Map.of(CrontabSource.LABEL, source.label()));
    }

    /** cron starts commands in their home; where there is none here, they start at the root. */
    private static Optional<String> directory(Optional<String> home) {
        try {
            return home.map(path -> path.startsWith("/") && Files.isDirectory(Path.of(path)) ? path : "/");
        } catch (InvalidPathException e) {
            return Optional.of("/");
        }
    }
}
