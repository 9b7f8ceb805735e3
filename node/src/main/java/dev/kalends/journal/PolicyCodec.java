package dev.kalends.journal;

import dev.kalends.job.Backoff;
import dev.kalends.job.CatchUp;
import dev.kalends.job.JobName;
import dev.kalends.job.OnLost;
import dev.kalends.job.Overlap;
import dev.kalends.job.Policy;
import dev.kalends.job.Priority;
import dev.kalends.job.Retry;
import dev.kalends.job.SandboxMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Encodes policies and templates; {@code kalends.proto} lists the fields. */
final class PolicyCodec {
    static final EnumCode<Priority> PRIORITY =
            new EnumCode<>(Priority.class, Priority.NORMAL, Priority.HIGH, Priority.LOW);
    private static final EnumCode<OnLost> ON_LOST = new EnumCode<>(OnLost.class, OnLost.RETRY, OnLost.FAIL);
    private static final EnumCode<Overlap> OVERLAP =
            new EnumCode<>(Overlap.class, Overlap.SKIP, Overlap.QUEUE, Overlap.ALLOW, Overlap.REPLACE);
    private static final EnumCode<CatchUp> CATCH_UP =
            new EnumCode<>(CatchUp.class, CatchUp.LAST, CatchUp.ALL, CatchUp.NONE);
    private static final EnumCode<SandboxMode> SANDBOX =
            new EnumCode<>(SandboxMode.class, SandboxMode.NONE, SandboxMode.REQUIRED);

    private PolicyCodec() {}

    static FieldWriter write(Template template) {
        FieldWriter out = new FieldWriter();
        writeName(out, 1, template.tenant(), JobName.DEFAULT_TENANT);
        out.message(2, write(template.policy()));
        return out;
    }

    static Template readTemplate(FieldReader in) {
        String tenant = JobName.DEFAULT_TENANT;
        Policy policy = Policy.DEFAULT;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> tenant = in.text();
                case 2 -> policy = read(in.message());
                default -> in.skip();
            }
        }
        return new Template(tenant, policy);
    }

    static FieldWriter write(Policy policy) {
        FieldWriter out = new FieldWriter();
        writeName(out, 1, policy.queue(), Policy.DEFAULT_QUEUE);
        PRIORITY.write(out, 2, policy.priority());
        if (!policy.retry().equals(Retry.DEFAULT)) {
            out.message(3, write(policy.retry()));
        }
        policy.timeoutMs().ifPresent(ms -> out.presentNumber(4, ms));
        policy.deadlineMs().ifPresent(ms -> out.presentNumber(5, ms));
        OVERLAP.write(out, 6, policy.overlap());
        CATCH_UP.write(out, 7, policy.catchUp());
        SANDBOX.write(out, 8, policy.sandbox());
        policy.limits().forEach(limit -> out.presentText(9, limit));
        return out;
    }

    static Policy read(FieldReader in) {
        String queue = Policy.DEFAULT_QUEUE;
        Priority priority = PRIORITY.first();
        Retry retry = Retry.DEFAULT;
        Optional<Long> timeoutMs = Optional.empty();
        Optional<Long> deadlineMs = Optional.empty();
        Overlap overlap = OVERLAP.first();
        CatchUp catchUp = CATCH_UP.first();
        SandboxMode sandbox = SANDBOX.first();
        List<String> limits = new ArrayList<>();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> queue = in.text();
                case 2 -> priority = PRIORITY.read(in);
                case 3 -> retry = readRetry(in.message());
                case 4 -> timeoutMs = Optional.of(in.number());
                case 5 -> deadlineMs = Optional.of(in.number());
                case 6 -> overlap = OVERLAP.read(in);
                case 7 -> catchUp = CATCH_UP.read(in);
                case 8 -> sandbox = SANDBOX.read(in);
                case 9 -> limits.add(in.text());
                default -> in.skip();
            }
        }
        return new Policy(queue, priority, retry, timeoutMs, deadlineMs, overlap, catchUp, sandbox, limits);
    }

    private static FieldWriter write(Retry retry) {
        FieldWriter out = new FieldWriter();
        out.number(1, retry.maxAttempts());
        out.number(2, retry.backoff().minMs());
        out.number(3, retry.backoff().maxMs());
        retry.maxAgeMs().ifPresent(ms -> out.presentNumber(4, ms));
        ON_LOST.write(out, 5, retry.onLost());
        retry.retryOn().forEach(code -> out.presentSigned(6, code));
        retry.fatalOn().forEach(code -> out.presentSigned(7, code));
        return out;
    }

    private static Retry readRetry(FieldReader in) {
        int maxAttempts = 0;
        long minMs = 0;
        long maxMs = 0;
        Optional<Long> maxAgeMs = Optional.empty();
        OnLost onLost = ON_LOST.first();
        List<Integer> retryOn = new ArrayList<>();
        List<Integer> fatalOn = new ArrayList<>();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> maxAttempts = in.small();
                case 2 -> minMs = in.number();
                case 3 -> maxMs = in.number();
                case 4 -> maxAgeMs = Optional.of(in.number());
                case 5 -> onLost = ON_LOST.read(in);
                case 6 -> retryOn.add(Math.toIntExact(in.signed()));
                case 7 -> fatalOn.add(Math.toIntExact(in.signed()));
                default -> in.skip();
            }
        }
        return new Retry(maxAttempts, new Backoff(minMs, maxMs), maxAgeMs, onLost, retryOn, fatalOn);
    }

    /** Writes a text unless it is the one that is understood. */
    static void writeName(FieldWriter out, int field, String text, String understood) {
        if (!text.equals(understood)) {
            out.presentText(field, text);
        }
    }
}
