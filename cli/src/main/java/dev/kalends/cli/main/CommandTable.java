package dev.kalends.cli.main;

import dev.kalends.cli.complete.NamesCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All commands by their words, with one line each: {@code kalends --help} needs and loads nothing else. */
final class CommandTable {
    private CommandTable() {}

    /** A command: its word or words, and what it does. */
    record Entry(String path, String line) {}

    /** Commands that are read together in the help. */
    record Group(String title, List<Entry> entries) {}

    static final List<Group> GROUPS = List.of(
            new Group(
                    "Jobs",
                    List.of(
                            new Entry("submit", "Hand in a job, or a file of jobs"),
                            new Entry("edit", "Change fields of a job, from its next fire on"),
                            new Entry("cancel", "End jobs, or single runs"),
                            new Entry("trigger", "Run a job now"),
                            new Entry("pause", "Hold back jobs, a tenant, or everything"),
                            new Entry("resume", "Let what was paused go on"),
                            new Entry("backfill", "Make up for a stretch of a job's past"),
                            new Entry("next", "Show when a job or a schedule fires"),
                            new Entry("forecast", "Show how many fires come when, and what towers above the rest"),
                            new Entry("simulate", "Show what would become of jobs in an outage"),
                            new Entry("import crontab", "Make jobs of the lines of crontabs"),
                            new Entry("export", "Print jobs, to submit them again or for cron"))),
            new Group(
                    "Runs",
                    List.of(
                            new Entry("wait", "Wait until runs have ended"),
                            new Entry("rerun", "Reopen a run that failed for good"))),
            new Group(
                    "Looking",
                    List.of(
                            new Entry("ls", "List jobs"),
                            new Entry("show", "Show a job or a run"),
                            new Entry("why", "Say what became of a fire, and why"),
                            new Entry("logs", "Print what a run wrote"),
                            new Entry("runs", "List runs"),
                            new Entry("events", "Print what happened, or what happens"))),
            new Group(
                    "Dead letters",
                    List.of(
                            new Entry("dlq ls", "List runs that used up their attempts, by what killed them"),
                            new Entry("dlq show", "Show dead letters with their attempts"),
                            new Entry("dlq redrive", "Give dead letters another series of attempts"),
                            new Entry("dlq discard", "Drop dead letters for good"))),
            new Group(
                    "On call",
                    List.of(
                            new Entry("top", "Watch and act on the full screen"),
                            new Entry("status", "Say whether anything needs you"),
                            new Entry("handoff", "Write the report of a shift"),
                            new Entry("audit", "List who did what"),
                            new Entry("stats", "Print the node's figures"),
                            new Entry("leases", "List who leads and who runs what, and for how long"),
                            new Entry("workers", "List workers"),
                            new Entry("nodes", "List nodes, have them lead or not"),
                            new Entry("queues", "List queues, declare and withdraw them"),
                            new Entry("cluster", "End an upgrade of the cluster"),
                            new Entry("tenants ls", "List tenants and their limits"),
                            new Entry("tenants set", "Set a tenant's limits"),
                            new Entry("doctor", "Check this machine and the node"))),
            new Group(
                    "Keeping",
                    List.of(
                            new Entry("backup", "Have the node write a backup"),
                            new Entry("restore", "Make a data directory from a backup"))),
            new Group(
                    "Daemons",
                    List.of(
                            new Entry("node", "Start a scheduler node here"),
                            new Entry("worker", "Execute runs in a process of their own"))),
            new Group(
                    "This program",
                    List.of(
                            new Entry("demo", "Show within a minute what is promised, kill -9 included"),
                            new Entry("bench", "Measure a node"),
                            new Entry("shell", "Type commands in a session of their own"),
                            new Entry("completion", "Print the script that completes commands in a shell"),
                            new Entry("version", "Print the version"))));

    /** Commands that no help shows: programs ask them. */
    private static final List<Entry> HIDDEN = List.of(new Entry(NamesCommand.PATH, "Print names for completion"));

    /** The command of a word, or of two. */
    static Optional<Entry> find(String path) {
        for (Entry entry : HIDDEN) {
            if (entry.path().equals(path)) {
                return Optional.of(entry);
            }
        }
        for (Group group : GROUPS) {
            for (Entry entry : group.entries()) {
                if (entry.path().equals(path)) {
                    return Optional.of(entry);
                }
            }
        }
        return Optional.empty();
    }

    /** The second words that a first word has, such as {@code ls, show} for {@code dlq}. */
    static List<String> secondWords(String first) {
        List<String> words = new ArrayList<>();
        for (Group group : GROUPS) {
            for (Entry entry : group.entries()) {
                if (entry.path().startsWith(first + " ")) {
                    words.add(entry.path().substring(first.length() + 1));
                }
            }
        }
        return words;
    }

    /** All first words. */
    static List<String> firstWords() {
        List<String> words = new ArrayList<>();
        for (Group group : GROUPS) {
            for (Entry entry : group.entries()) {
                String first = entry.path().split(" ", 2)[0];
                if (!words.contains(first)) {
                    words.add(first);
                }
            }
        }
        return words;
    }
}
