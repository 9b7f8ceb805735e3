package dev.kalends.cli.oncall;

import dev.kalends.api.DeedView;
import dev.kalends.api.ForecastView;
import dev.kalends.api.HandoffView;
import dev.kalends.api.JobView;
import dev.kalends.api.NodeView;
import dev.kalends.api.PauseView;
import dev.kalends.cli.output.Times;
import dev.kalends.need.Need;
import dev.kalends.schedule.DurationText;
import dev.kalends.schedule.NumberText;
import dev.kalends.tui.text.Figures;
import dev.kalends.tui.text.SafeText;
import dev.kalends.tui.text.TextWidth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A shift as plain text in 80 columns, to be read, or pasted into a mail. */
final class HandoffText {
    private static final int WIDTH = 80;
    private static final int DEEDS_SHOWN = 40;
    private static final int WALLS_SHOWN = 3;
    private static final String LEAD = "lead";

    private final HandoffCommand.Shift shift;
    /** Instants of this day are shown without their date. */
    private final long asOfMs;

    private final ZoneId zone;
    private final List<String> lines = new ArrayList<>();

    HandoffText(HandoffCommand.Shift shift, ZoneId zone) {
        this.shift = shift;
        this.asOfMs = Times.ofRfc3339(shift.past().asOf());
        this.zone = zone;
    }

    List<String> lines() {
        HandoffView past = shift.past();
        line("Shift from " + at(past.since()) + " to " + at(past.asOf()) + ", " + zone);
        line("Runs that ended: " + Figures.counts(past.runs()));
        if (!past.complete()) {
            line("There is more history than one report reads: the oldest part is missing.");
        }
        pending();
        failures(past);
        late(past.late());
        omitted(past);
        leaders();
        deeds();
        ahead();
        return lines;
    }

    private void pending() {
        head("NEEDS YOU");
        for (Need need : shift.needs()) {
            item(need.code().replace('_', ' ') + ": " + need.what());
            more(need.todo());
        }
        for (JobView job : shift.paused()) {
            PauseView pause = job.pause();
            String since = pause == null ? "" : " since " + at(pause.since());
            String until = pause == null || pause.until() == null ? "" : ", until " + at(pause.until());
            String why = pause == null || pause.reason() == null ? "" : ": " + pause.reason();
            item("paused: " + Objects.requireNonNullElse(job.name(), job.id()) + since + until + why);
        }
        for (NodeView node : shift.away()) {
            item("node " + node.node() + " is " + node.state() + (node.reason() == null ? "" : ": " + node.reason()));
        }
        if (shift.needs().isEmpty() && shift.paused().isEmpty() && shift.away().isEmpty()) {
            item("nothing");
        }
    }

    private void failures(HandoffView past) {
        head("FAILED");
        for (HandoffView.Failure failure : past.failures()) {
            item(NumberText.counted(failure.count(), "run") + " " + failure.fingerprint() + ", " + at(failure.firstAt())
                    + (failure.count() > 1 ? " to " + at(failure.lastAt()) : "") + ": " + fate(failure));
            more(failure.error());
            more(String.join(", ", failure.jobs()));
        }
        if (past.failures().isEmpty()) {
            item("nothing");
        }
    }

    private static String fate(HandoffView.Failure failure) {
        List<String> parts = new ArrayList<>();
        if (failure.stillDead() > 0) {
            parts.add(NumberText.count(failure.stillDead()) + " still dead");
        }
        if (failure.redriven() > 0) {
            parts.add(NumberText.count(failure.redriven()) + " redriven, " + NumberText.count(failure.recovered())
                    + " of them well");
        }
        long gone = failure.count() - failure.stillDead() - failure.redriven();
        if (gone > 0) {
            parts.add(NumberText.count(gone) + " discarded");
        }
        return String.join(", ", parts);
    }

    private void late(HandoffView.Late late) {
        if (late.count() > 0) {
            head("LATE");
            item(NumberText.counted(late.count(), "start") + " later than " + DurationText.words(late.sloMs())
                    + "; the worst by " + DurationText.words(late.worstMs()) + ": "
                    + Objects.requireNonNullElse(late.worstJob(), ""));
            more("kalends show " + late.worstRun());
        }
    }

    private void omitted(HandoffView past) {
        if (!past.omitted().isEmpty()) {
            head("SKIPPED AND MISSED");
        }
        for (HandoffView.Omission omission : past.omitted()) {
            String why = omission.reason().isEmpty() ? "" : " (" + omission.reason() + ")";
            item(NumberText.counted(omission.count(), "fire") + " " + omission.state() + why + ": "
                    + String.join(", ", omission.jobs()));
        }
    }

    private void leaders() {
        List<DeedView> terms = shift.deeds().items().stream()
                .filter(deed -> deed.verb().equals(LEAD))
                .toList();
        if (!terms.isEmpty()) {
            head("LEADERS");
        }
        // What a node took within the same minute is one line: a start, or a takeover.
        String before = "";
        List<String> taken = new ArrayList<>();
        for (DeedView term : terms) {
            String when = at(term.at()) + "  " + term.who() + " began to lead";
            if (!when.equals(before) && !taken.isEmpty()) {
                item(before + " " + String.join(", ", taken));
                taken.clear();
            }
            before = when;
            taken.add(term.subject());
        }
        if (!taken.isEmpty()) {
            item(before + " " + String.join(", ", taken));
        }
    }

    private void deeds() {
        List<DeedView> done = shift.deeds().items().stream()
                .filter(deed -> !deed.verb().equals(LEAD))
                .toList();
        head("DONE");
        int from = Math.max(0, done.size() - DEEDS_SHOWN);
        if (from > 0) {
            item(NumberText.counted(from, "earlier entry").replace("entrys", "entries") + ": kalends audit");
        }
        for (DeedView deed : done.subList(from, done.size())) {
            item(at(deed.at()) + "  " + deed.who() + "  " + deed.verb() + " " + deed.subject()
                    + Optional.ofNullable(deed.detail())
                            .map(text -> " (" + text + ")")
                            .orElse(""));
        }
        if (done.isEmpty()) {
            item("nothing");
        }
    }

    private void ahead() {
        if (shift.ahead().isEmpty()) {
            return;
        }
        ForecastView ahead = shift.ahead().get();
        head("NEXT 12 HOURS");
        item(NumberText.counted(ahead.fires(), "fire"));
        ForecastView.Peak peak = ahead.peak();
        if (peak != null) {
            item("the most at " + at(peak.at()) + ": " + NumberText.counted(peak.fires(), "fire") + " within "
                    + DurationText.words(ahead.stepMs()));
        }
        ahead.walls().stream()
                .limit(WALLS_SHOWN)
                .filter(wall -> peak == null || !wall.at().equals(peak.at()))
                .forEach(wall -> item("wall at " + at(wall.at()) + ": " + NumberText.counted(wall.fires(), "fire")));
    }

    private String at(String rfc3339) {
        String local = Times.local(Times.ofRfc3339(rfc3339), asOfMs, zone);
        return local.substring(0, local.length() - ":00".length());
    }

    private void head(String title) {
        lines.add("");
        lines.add(title);
    }

    private void item(String text) {
        wrap("- ", text);
    }

    private void more(String text) {
        if (!text.isEmpty()) {
            wrap("    ", text);
        }
    }

    private void line(String text) {
        wrap("", text);
    }

    /** Broken between words; a word that is longer than a line is cut. */
    private void wrap(String indent, String text) {
        StringBuilder line = new StringBuilder(indent);
        boolean empty = true;
        for (String word : SafeText.line(text).split(" ", -1)) {
            if (!empty && TextWidth.of(line.toString()) + 1 + TextWidth.of(word) > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(" ".repeat(indent.length() == 0 ? 2 : indent.length()));
                empty = true;
            }
            line.append(empty ? "" : " ").append(TextWidth.cut(word, WIDTH - indent.length()));
            empty = false;
        }
        lines.add(line.toString());
    }
}
