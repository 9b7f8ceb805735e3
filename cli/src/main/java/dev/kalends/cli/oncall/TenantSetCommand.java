package dev.kalends.cli.oncall;

import dev.kalends.api.TenantView;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.Rendering;
import dev.kalends.client.NodeClient;
import dev.kalends.tui.text.SafeText;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code tenants set}: how fast a tenant may submit. A limit that is not named stays as it is. */
public final class TenantSetCommand implements Command {
    private static final long LIMIT_MAX = 1_000_000;

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("tenants set TENANT [--submit-rate N/s|unlimited] [--burst N]")
                .positionals("TENANT", "1", "its name; one that has no limits yet gets its first")
                .value("--submit-rate", "N/s", "jobs a second, or unlimited")
                .value("--burst", "N", "jobs at once, before the rate counts (default: what a second allows)")
                .examples("kalends tenants set acme --submit-rate 100/s --burst 1000");
    }

    @Override
    public int run(Arguments arguments, Session session) {
        String name = arguments.positionals().getFirst();
        Optional<String> rate = arguments.text("--submit-rate");
        if (rate.isEmpty() && !arguments.has("--burst")) {
            throw Arguments.usage("name a limit: --submit-rate N/s or --burst N");
        }
        NodeClient client = session.client();
        Optional<TenantView> before = client.tenants().items().stream()
                .filter(tenant -> tenant.name().equals(name))
                .findFirst();
        boolean unlimited = rate.isPresent() && rate.get().equals(TenantTable.UNLIMITED);
        @Nullable
        Integer perSec = rate.isPresent()
                ? unlimited ? null : perSec(rate.get())
                : before.map(TenantView::submitsPerSec).orElse(null);
        @Nullable
        Integer burst = arguments.has("--burst")
                ? Integer.valueOf(
                        (int) arguments.wholeNumber("--burst", 1, LIMIT_MAX).orElseThrow())
                : unlimited ? null : before.map(TenantView::burst).orElse(null);
        if (perSec == null && burst != null) {
            throw Arguments.usage("--burst needs a --submit-rate");
        }
        print(session, client.setTenant(new TenantView(name, perSec, burst, null, null, null)));
        return DONE;
    }

    private static int perSec(String text) {
        String digits = text.endsWith("/s") ? text.substring(0, text.length() - 2) : text;
        boolean whole =
                !digits.isEmpty() && digits.length() <= 7 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int number = whole ? Integer.parseInt(digits) : 0;
        if (number < 1 || number > LIMIT_MAX) {
            throw Arguments.usage(
                    "--submit-rate takes N/s, a whole number from 1 to " + LIMIT_MAX + ", or unlimited; value=" + text);
        }
        return number;
    }

    private static void print(Session session, TenantView tenant) {
        Rendering to = session.rendering();
        if (!to.forPeople()) {
            TenantTable.listing().print(to, tenant, List.of(tenant));
            return;
        }
        String limits = tenant.submitsPerSec() == null
                ? "without a limit"
                : "up to " + tenant.submitsPerSec() + "/s"
                        + (tenant.burst() == null ? "" : ", " + tenant.burst() + " at once");
        to.out().line("tenant " + SafeText.line(tenant.name()) + " may submit " + limits);
    }
}
