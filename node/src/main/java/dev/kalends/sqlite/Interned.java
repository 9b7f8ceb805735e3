package dev.kalends.sqlite;

import dev.kalends.job.JobSpec;
import dev.kalends.job.Policy;
import dev.kalends.journal.Codec;
import dev.kalends.journal.Template;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What many rows share and say by a number: templates and tenants' names.
 *
 * <p>The partition's thread adds entries inside its transaction and calls {@link #load} again when that failed; any
 * thread reads. A number is known here before a row that uses it is committed.
 */
final class Interned implements Codec.Templates {
    /** Templates at most; later specs carry their policy themselves. */
    private static final int TEMPLATES_MAX = 65_536;

    private final Map<Integer, Template> templateByNumber = new ConcurrentHashMap<>();
    private final Map<Template, Integer> numberByTemplate = new HashMap<>();
    private final Map<String, Integer> numberByTenant = new ConcurrentHashMap<>();
    private volatile boolean edits;
    private @Nullable Policy lastPolicy;
    private String lastTenant = "";
    private OptionalLong lastNumber = OptionalLong.empty();

    /** Reads what is committed. */
    void load(Session session) {
        lastPolicy = null;
        numberByTemplate.clear();
        session.on("SELECT number, template FROM template").each(row -> {
            Template template = Codec.decodeTemplate(row.bytes(2));
            int number = (int) row.number(1);
            templateByNumber.put(number, template);
            numberByTemplate.put(template, number);
        });
        Map<String, Integer> tenants = new HashMap<>();
        session.on("SELECT name, number FROM tenant").each(row -> tenants.put(row.text(1), (int) row.number(2)));
        numberByTenant.putAll(tenants);
        numberByTenant.keySet().retainAll(tenants.keySet());
        edits = session.on("SELECT EXISTS (SELECT 1 FROM edit)").number(0) != 0;
    }

    @Override
    public Optional<Template> template(int number) {
        return Optional.ofNullable(templateByNumber.get(number));
    }

    /** The number of a spec's template, made if need be; empty when there are too many. */
    OptionalLong templateOf(JobSpec spec, Session session) {
        if (spec.policy().equals(lastPolicy) && spec.tenant().equals(lastTenant)) {
            return lastNumber;
        }
        OptionalLong number = find(new Template(spec.tenant(), spec.policy()), session);
        lastPolicy = spec.policy();
        lastTenant = spec.tenant();
        lastNumber = number;
        return number;
    }

    private OptionalLong find(Template template, Session session) {
        Integer known = numberByTemplate.get(template);
        if (known != null) {
            return OptionalLong.of(known);
        }
        int number = numberByTemplate.size();
        if (number >= TEMPLATES_MAX) {
            return OptionalLong.empty();
        }
        session.on("INSERT INTO template (number, template) VALUES (?, ?)")
                .with(number)
                .with(Codec.encode(template))
                .run();
        templateByNumber.put(number, template);
        numberByTemplate.put(template, number);
        return OptionalLong.of(number);
    }

    /** A tenant's number, if any row names the tenant. */
    OptionalInt tenant(String name) {
        Integer number = numberByTenant.get(name);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** Whether every job's template is of one tenant; where there are too many templates, it is not known. */
    boolean isOnlyTenant(String name) {
        return templateByNumber.size() < TEMPLATES_MAX
                && templateByNumber.values().stream()
                        .allMatch(template -> template.tenant().equals(name));
    }

    /** A tenant's number, made if need be. */
    int tenantOrNew(String name, Session session) {
        Integer known = numberByTenant.get(name);
        if (known != null) {
            return known;
        }
        int number = numberByTenant.size() + 1;
        session.on("INSERT INTO tenant (number, name) VALUES (?, ?)")
                .with(number)
                .with(name)
                .run();
        numberByTenant.put(name, number);
        return number;
    }

    /** Whether any job has more than its first generation. */
    boolean edits() {
        return edits;
    }

    void edited() {
        edits = true;
    }
}
