package dev.kalends.cli.oncall;

import dev.kalends.api.TenantView;
import dev.kalends.cli.output.Cell;
import dev.kalends.cli.output.Column;
import dev.kalends.cli.output.Listing;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How tenants look; a pipe has an empty field where there is no limit. */
final class TenantTable {
    static final String UNLIMITED = "unlimited";

    private TenantTable() {}

    static Listing<TenantView> listing() {
        return new Listing<>(
                List.of(
                        Column.text("TENANT", Column.Fit.CUT, TenantView::name),
                        new Column<>(
                                "SUBMIT RATE",
                                Column.Fit.FIXED,
                                t -> Cell.of(t.submitsPerSec() == null ? UNLIMITED : t.submitsPerSec() + "/s"),
                                t -> text(t.submitsPerSec())),
                        new Column<>(
                                "BURST",
                                Column.Fit.NUMBER,
                                t -> t.burst() == null ? Cell.NONE : Cell.of(t.burst()),
                                t -> text(t.burst())),
                        count("SCHEDULED", TenantView::scheduled),
                        count("RUNNING", TenantView::running),
                        count("DEAD", TenantView::dead)),
                TenantView::name,
                TenantView::name);
    }

    private static Column<TenantView> count(String title, Function<TenantView, @Nullable Long> count) {
        return new Column<>(title, Column.Fit.NUMBER, t -> Cell.of(count.apply(t)), t -> text(count.apply(t)));
    }

    private static @Nullable String text(@Nullable Number number) {
        return number == null ? null : number.toString();
    }
}
