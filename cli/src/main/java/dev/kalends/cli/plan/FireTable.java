package dev.kalends.cli.plan;

import dev.kalends.api.FireView;
import dev.kalends.cli.output.Cell;
import dev.kalends.cli.output.Column;
import dev.kalends.cli.output.Listing;
import dev.kalends.cli.output.Paint;
import dev.kalends.cli.output.Times;
import dev.kalends.schedule.DurationText;
import dev.kalends.schedule.InstantText;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * How fires to come are listed.
 *
 * @param zone of the local times
 * @param explain whether a terminal shows the notes
 */
record FireTable(ZoneId zone, boolean explain) {
    Listing<FireView> listing() {
        return new Listing<>(
                List.of(
                        new Column<>(
                                "LOCAL",
                                Column.Fit.FIXED,
                                fire -> Cell.of(InstantText.local(Times.ofRfc3339(fire.at()), zone)),
                                FireView::local),
                        new Column<>(
                                "UTC",
                                Column.Fit.FIXED,
                                fire -> Cell.of(InstantText.utc(Times.ofRfc3339(fire.at()))),
                                FireView::at),
                        new Column<>(
                                "IN",
                                Column.Fit.FIXED,
                                fire -> Cell.of(in(fire.inMs())),
                                fire -> Long.toString(fire.inMs())),
                        new Column<>(
                                "NOTE",
                                explain ? Column.Fit.FIXED : Column.Fit.WIDE,
                                fire -> new Cell(
                                        Optional.ofNullable(fire.note()).orElse(""), Paint.CAUTION),
                                FireView::note)),
                FireView::at,
                _ -> null);
    }

    private static String in(long ms) {
        return ms < 0 ? DurationText.words(-ms) + " ago" : DurationText.words(ms);
    }
}
