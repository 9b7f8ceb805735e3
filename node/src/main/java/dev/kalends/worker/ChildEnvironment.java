package dev.kalends.worker;

import dev.kalends.api.Grant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The environment of a command: a few variables of the worker, the job's own, and who it is. */
final class ChildEnvironment {
    private static final Set<String> PASSED =
            Set.of("PATH", "HOME", "LANG", "TZ", "TMPDIR", "USER", "LOGNAME", "SHELL");

    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private ChildEnvironment() {}

    /**
     * Puts it together; nothing else of the worker's environment gets through, so no secret of the worker does.
     *
     * @param user whom the command runs as, if not the worker's own user
     */
    static Map<String, String> of(Map<String, String> workers, Grant grant, Optional<Account> user) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("PATH", DEFAULT_PATH);
        workers.forEach((name, value) -> {
            if (PASSED.contains(name) || name.startsWith("LC_")) {
                environment.put(name, value);
            }
        });
        user.ifPresent(account -> {
            environment.put("HOME", account.home());
            environment.put("USER", account.name());
            environment.put("LOGNAME", account.name());
            environment.put("SHELL", account.shell());
        });
        if (grant.env() != null) {
            environment.putAll(grant.env());
        }
        environment.put("KALENDS_RUN_ID", grant.run());
        environment.put("KALENDS_ATTEMPT", Integer.toString(grant.attempt()));
        environment.put("KALENDS_TOKEN", Long.toString(grant.token()));
        environment.put("KALENDS_NOMINAL", grant.nominalAt());
        environment.put("KALENDS_TENANT", grant.tenant());
        return environment;
    }
}
