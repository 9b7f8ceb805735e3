package dev.kalends.journal;

import dev.kalends.job.DstRule;
import dev.kalends.job.JobId;
import dev.kalends.job.JobName;
import dev.kalends.job.JobPlan;
import dev.kalends.job.JobSpec;
import dev.kalends.job.Policy;
import dev.kalends.job.Schedule;
import dev.kalends.job.Window;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Encodes job specs in two forms of one message.
 *
 * <p>The journal's form is complete. A store's form leaves out what its row says anyway: the id, a one-off's due
 * instant (its nominal instant is then a distance from it, most often zero), and the tenant and policy when they are
 * kept as a {@link Template}. A waiting job with a command of thirty characters is about forty bytes.
 */
final class SpecCodec {
    private static final EnumCode<DstRule> DST = new EnumCode<>(DstRule.class, DstRule.CRON, DstRule.SKIP);

    private static final int AT_AFTER_DUE = 1;
    private static final int TEMPLATE = 2;
    private static final int ACCEPTED = 3;
    private static final int NAME = 4;
    private static final int KEY = 5;
    private static final int TENANT = 6;
    private static final int POLICY = 7;
    private static final int ID = 8;
    private static final int GENERATION = 9;
    private static final int EVERY = 16;
    private static final int CRON = 17;
    private static final int ONCE_AT = 18;
    private static final int WINDOW = 19;
    private static final int LABELS = 22;
    private static final int EXCEPT = 23;
    private static final int KEY_HASH = 24;
    /** What a key's hash takes, with its tag of two bytes. */
    private static final int KEY_HASH_BYTES = 2 + Long.BYTES;

    private SpecCodec() {}

    static FieldWriter write(JobSpec spec) {
        FieldWriter out = new FieldWriter();
        out.number(ID, spec.id().value());
        writeTemplate(out, spec);
        writeSchedule(out, spec.schedule(), OptionalLong.empty());
        writeRest(out, spec);
        return out;
    }

    /** Of a spec's fields only those that say when. */
    static FieldWriter write(JobPlan plan) {
        FieldWriter out = new FieldWriter();
        out.number(ID, plan.id().value());
        out.presentText(TENANT, plan.name().tenant());
        writeSchedule(out, plan.schedule(), OptionalLong.empty());
        out.number(ACCEPTED, plan.acceptedMs());
        out.text(NAME, plan.name().name());
        if (!plan.window().equals(Window.OPEN)) {
            out.message(WINDOW, write(plan.window()));
        }
        return out;
    }

    /**
     * A store's form.
     *
     * @param template its number, or empty to keep tenant and policy inside
     * @param keyHash what a store keeps beside the spec of its submit key; comes last
     */
    static FieldWriter writeStored(
            FieldWriter out, JobSpec spec, OptionalLong dueMs, OptionalLong template, OptionalLong keyHash) {
        writeSchedule(out, spec.schedule(), dueMs);
        if (template.isPresent()) {
            out.number(TEMPLATE, template.getAsLong());
        } else {
            writeTemplate(out, spec);
        }
        writeRest(out, spec);
        keyHash.ifPresent(hash -> out.presentFixed(KEY_HASH, hash));
        return out;
    }

    private static void writeTemplate(FieldWriter out, JobSpec spec) {
        out.presentText(TENANT, spec.tenant());
        out.message(POLICY, PolicyCodec.write(spec.policy()));
    }

    private static void writeSchedule(FieldWriter out, Schedule schedule, OptionalLong dueMs) {
        switch (schedule) {
            case Schedule.Once once -> {
                if (dueMs.isPresent()) {
                    out.signed(AT_AFTER_DUE, once.atMs() - dueMs.getAsLong());
                } else {
                    out.presentSigned(ONCE_AT, once.atMs());
                }
            }
            case Schedule.Every every -> {
                FieldWriter message = new FieldWriter();
                message.number(1, every.periodMs());
                message.signed(2, every.anchorMs());
                out.message(EVERY, message);
            }
            case Schedule.Cron cron -> {
                FieldWriter message = new FieldWriter();
                message.text(1, cron.expression());
                message.text(2, cron.zone().getId());
                DST.write(message, 3, cron.dst());
                out.message(CRON, message);
            }
            case Schedule.Except except -> {
                writeSchedule(out, except.base(), dueMs);
                out.message(EXCEPT, ExceptCodec.write(except));
            }
            case Schedule.Manual _ -> {}
        }
    }

    private static void writeRest(FieldWriter out, JobSpec spec) {
        out.number(ACCEPTED, spec.acceptedMs());
        out.text(NAME, spec.name().name());
        out.text(KEY, spec.name().key());
        if (spec.generation() != 1) {
            out.presentNumber(GENERATION, spec.generation());
        }
        WorkCodec.write(out, spec.work());
        if (!spec.window().equals(Window.OPEN)) {
            out.message(WINDOW, write(spec.window()));
        }
        out.entries(LABELS, spec.labels());
    }

    private static FieldWriter write(Window window) {
        FieldWriter out = new FieldWriter();
        window.fromMs().ifPresent(ms -> out.presentSigned(1, ms));
        window.untilMs().ifPresent(ms -> out.presentSigned(2, ms));
        window.maxRuns().ifPresent(runs -> out.presentNumber(3, runs));
        out.number(4, window.splayMs());
        return out;
    }

    static JobSpec read(FieldReader in) {
        return new Parts(new JobId(0), OptionalLong.empty(), _ -> Optional.empty()).read(in);
    }

    static JobSpec readStored(FieldReader in, JobId id, OptionalLong dueMs, Codec.Templates templates) {
        return new Parts(id, dueMs, templates).read(in);
    }

    static JobPlan readPlan(FieldReader in, JobId id, OptionalLong dueMs, Codec.Templates templates) {
        return new Parts(id, dueMs, templates).plan(in);
    }

    /** Whose job it is, from the first fields of a store's form. */
    static String readTenant(FieldReader in, Codec.Templates templates) {
        Parts parts = new Parts(new JobId(0), OptionalLong.empty(), templates);
        while (in.next()) {
            switch (in.field()) {
                case TEMPLATE -> {
                    parts.template = in.small();
                    return parts.shared().tenant();
                }
                case TENANT -> {
                    return in.text();
                }
                case ACCEPTED -> {
                    // Whoever stands in none of the fields before this one stands in template 0.
                    return parts.shared().tenant();
                }
                default -> in.skip();
            }
        }
        return parts.shared().tenant();
    }

    /** What lies beside a spec in a store's form, if anything does. */
    static OptionalLong readKeyHash(FieldReader in) {
        while (in.next()) {
            if (in.field() == KEY_HASH) {
                return OptionalLong.of(in.fixed());
            }
            in.skip();
        }
        return OptionalLong.empty();
    }

    /** A store's form without what lies beside the spec, which comes last and must be there. */
    static byte[] withoutKeyHash(byte[] stored) {
        return Arrays.copyOf(stored, stored.length - KEY_HASH_BYTES);
    }

    /** What is read of a spec so far. */
    private static final class Parts {
        private final OptionalLong dueMs;
        private final Codec.Templates templates;
        private final WorkCodec.Parts work = new WorkCodec.Parts();
        private final Map<String, String> labels = new HashMap<>();
        private JobId id;
        private int generation = 1;
        private long atAfterDueMs;
        private int template;
        private Optional<String> tenant = Optional.empty();
        private Policy policy = Policy.DEFAULT;
        private long acceptedMs;
        private Optional<String> name = Optional.empty();
        private Optional<String> key = Optional.empty();
        private Optional<Schedule> schedule = Optional.empty();
        private Optional<ExceptCodec.Days> except = Optional.empty();
        private Window window = Window.OPEN;

        Parts(JobId id, OptionalLong dueMs, Codec.Templates templates) {
            this.id = id;
            this.dueMs = dueMs;
            this.templates = templates;
        }

        JobSpec read(FieldReader in) {
            while (in.next()) {
                if (!readPlan(in)) {
                    readRest(in);
                }
            }
            Template shared = shared();
            return new JobSpec(
                    id, generation, name(shared), schedule(), window, work.work(), shared.policy(), labels, acceptedMs);
        }

        /** Passes over what the job does. */
        JobPlan plan(FieldReader in) {
            while (in.next()) {
                if (!readPlan(in)) {
                    in.skip();
                }
            }
            return new JobPlan(id, name(shared()), schedule(), window, acceptedMs);
        }

        /** Reads a field that says when, or whose it is; false when it is another, whose value is still to be taken. */
        private boolean readPlan(FieldReader in) {
            switch (in.field()) {
                case AT_AFTER_DUE -> atAfterDueMs = in.signed();
                case TEMPLATE -> template = in.small();
                case ACCEPTED -> acceptedMs = in.number();
                case NAME -> name = Optional.of(in.text());
                case TENANT -> tenant = Optional.of(in.text());
                case ID -> id = new JobId(in.number());
                case EVERY -> schedule = Optional.of(readEvery(in.message()));
                case CRON -> schedule = Optional.of(readCron(in.message()));
                case ONCE_AT -> schedule = Optional.of(new Schedule.Once(in.signed()));
                case WINDOW -> window = readWindow(in.message());
                case EXCEPT -> except = Optional.of(ExceptCodec.read(in.message()));
                default -> {
                    return false;
                }
            }
            return true;
        }

        private void readRest(FieldReader in) {
            switch (in.field()) {
                case KEY -> key = Optional.of(in.text());
                case POLICY -> policy = PolicyCodec.read(in.message());
                case GENERATION -> generation = in.small();
                case LABELS -> in.entry(labels);
                default -> work.read(in);
            }
        }

        /** Tenant and policy, wherever they are kept. */
        private Template shared() {
            return tenant.isPresent()
                    ? new Template(tenant.get(), policy)
                    : templates
                            .template(template)
                            .orElseThrow(
                                    () -> FieldReader.damaged("no such template; template=" + template + " job=" + id));
        }

        private JobName name(Template shared) {
            return new JobName(shared.tenant(), name, key);
        }

        private Schedule schedule() {
            Schedule when = schedule.orElseGet(() ->
                    dueMs.isPresent() ? new Schedule.Once(dueMs.getAsLong() + atAfterDueMs) : new Schedule.Manual());
            return except.isPresent() ? except.get().of(when) : when;
        }
    }

    private static Schedule readEvery(FieldReader in) {
        long periodMs = 0;
        long anchorMs = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> periodMs = in.number();
                case 2 -> anchorMs = in.signed();
                default -> in.skip();
            }
        }
        return new Schedule.Every(periodMs, anchorMs);
    }

    private static Schedule readCron(FieldReader in) {
        String expression = "";
        String zone = "";
        DstRule dst = DST.first();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> expression = in.text();
                case 2 -> zone = in.text();
                case 3 -> dst = DST.read(in);
                default -> in.skip();
            }
        }
        return new Schedule.Cron(expression, ZoneId.of(zone), dst);
    }

    private static Window readWindow(FieldReader in) {
        Optional<Long> fromMs = Optional.empty();
        Optional<Long> untilMs = Optional.empty();
        Optional<Integer> maxRuns = Optional.empty();
        long splayMs = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> fromMs = Optional.of(in.signed());
                case 2 -> untilMs = Optional.of(in.signed());
                case 3 -> maxRuns = Optional.of(in.small());
                case 4 -> splayMs = in.number();
                default -> in.skip();
            }
        }
        return new Window(fromMs, untilMs, maxRuns, splayMs);
    }
}
