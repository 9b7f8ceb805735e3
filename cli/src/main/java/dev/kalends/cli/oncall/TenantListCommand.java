package dev.kalends.cli.oncall;

import dev.kalends.api.TenantPage;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;

/** {@code tenants ls}: all tenants, their limits, what they have here. */
public final class TenantListCommand implements Command {
    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("tenants ls");
    }

    @Override
    public int run(Arguments arguments, Session session) {
        TenantPage page = session.client().tenants();
        TenantTable.listing().print(session.rendering(), page, page.items());
        return DONE;
    }
}
