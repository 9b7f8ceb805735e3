package dev.kalends.journal;

import dev.kalends.job.JobId;
import dev.kalends.job.JobName;
import dev.kalends.job.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Encodes the small entries beside the jobs: submit keys, request answers, tenants, counters, the head. */
final class EntryCodec {
    private EntryCodec() {}

    static FieldWriter write(SubmitKey entry) {
        FieldWriter out = new FieldWriter();
        out.message(1, write(entry.id()));
        out.number(2, entry.job().value());
        out.fixed(3, entry.bodyHash());
        out.number(4, entry.expiresMs());
        return out;
    }

    static SubmitKey readSubmitKey(FieldReader in) {
        SubmitKey.Id id = new SubmitKey.Id(JobName.DEFAULT_TENANT, Optional.empty(), "");
        long job = 0;
        long bodyHash = 0;
        long expiresMs = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> id = readKeyId(in.message());
                case 2 -> job = in.number();
                case 3 -> bodyHash = in.fixed();
                case 4 -> expiresMs = in.number();
                default -> in.skip();
            }
        }
        return new SubmitKey(id, new JobId(job), bodyHash, expiresMs);
    }

    static FieldWriter write(SubmitKey.Id id) {
        FieldWriter out = new FieldWriter();
        PolicyCodec.writeName(out, 1, id.tenant(), JobName.DEFAULT_TENANT);
        out.text(2, id.name());
        out.text(3, id.key());
        return out;
    }

    static SubmitKey.Id readKeyId(FieldReader in) {
        String tenant = JobName.DEFAULT_TENANT;
        Optional<String> name = Optional.empty();
        String key = "";
        while (in.next()) {
            switch (in.field()) {
                case 1 -> tenant = in.text();
                case 2 -> name = Optional.of(in.text());
                case 3 -> key = in.text();
                default -> in.skip();
            }
        }
        return new SubmitKey.Id(tenant, name, key);
    }

    static FieldWriter write(RequestAnswer answer) {
        FieldWriter out = new FieldWriter();
        out.text(1, answer.requestId());
        out.number(2, answer.expiresMs());
        out.fixed(3, answer.bodyHash());
        LineContext context = new LineContext();
        for (RequestAnswer.Line line : answer.lines()) {
            out.message(4, context.write(line));
        }
        return out;
    }

    static RequestAnswer readRequest(FieldReader in) {
        String requestId = "";
        long expiresMs = 0;
        long bodyHash = 0;
        List<RequestAnswer.Line> lines = new ArrayList<>();
        LineContext context = new LineContext();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> requestId = in.text();
                case 2 -> expiresMs = in.number();
                case 3 -> bodyHash = in.fixed();
                case 4 -> lines.add(context.read(in.message()));
                default -> in.skip();
            }
        }
        return new RequestAnswer(requestId, expiresMs, bodyHash, lines);
    }

    /** Lines of one answer are neighbours: each job and fire is kept as the distance from the line before. */
    private static final class LineContext {
        private long job;
        private long dueMs;

        FieldWriter write(RequestAnswer.Line line) {
            FieldWriter out = new FieldWriter();
            line.job().ifPresent(id -> {
                out.presentSigned(1, id.value() - job);
                job = id.value();
            });
            if (line.nextDueMs() != -1) {
                out.presentSigned(2, line.nextDueMs() - dueMs);
                dueMs = line.nextDueMs();
            }
            if (line.created()) {
                out.mark(3);
            }
            out.text(4, line.text());
            return out;
        }

        RequestAnswer.Line read(FieldReader in) {
            Optional<JobId> found = Optional.empty();
            long nextDueMs = -1;
            boolean created = false;
            Optional<String> text = Optional.empty();
            while (in.next()) {
                switch (in.field()) {
                    case 1 -> {
                        job += in.signed();
                        found = Optional.of(new JobId(job));
                    }
                    case 2 -> {
                        dueMs += in.signed();
                        nextDueMs = dueMs;
                    }
                    case 3 -> created = in.mark();
                    case 4 -> text = Optional.of(in.text());
                    default -> in.skip();
                }
            }
            return new RequestAnswer.Line(found, nextDueMs, created, text);
        }
    }

    static FieldWriter write(Tenant tenant) {
        FieldWriter out = new FieldWriter();
        PolicyCodec.writeName(out, 1, tenant.name(), JobName.DEFAULT_TENANT);
        tenant.submitsPerSec().ifPresent(rate -> out.presentNumber(2, rate));
        tenant.burst().ifPresent(burst -> out.presentNumber(3, burst));
        return out;
    }

    static Tenant readTenant(FieldReader in) {
        String name = JobName.DEFAULT_TENANT;
        Optional<Integer> submitsPerSec = Optional.empty();
        Optional<Integer> burst = Optional.empty();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> name = in.text();
                case 2 -> submitsPerSec = Optional.of(in.small());
                case 3 -> burst = Optional.of(in.small());
                default -> in.skip();
            }
        }
        return new Tenant(name, submitsPerSec, burst);
    }

    static FieldWriter write(Counts counts) {
        FieldWriter out = new FieldWriter();
        PolicyCodec.writeName(out, 1, counts.tenant(), JobName.DEFAULT_TENANT);
        out.number(2, counts.scheduled());
        out.number(3, counts.paused());
        out.number(4, counts.finished());
        out.number(5, counts.cancelled());
        out.number(6, counts.ready());
        out.number(7, counts.running());
        out.number(8, counts.retrying());
        out.number(9, counts.dead());
        out.number(10, counts.oneOffsDecided());
        return out;
    }

    static Counts readCounts(FieldReader in) {
        String tenant = JobName.DEFAULT_TENANT;
        long[] n = new long[9];
        while (in.next()) {
            switch (in.field()) {
                case 1 -> tenant = in.text();
                case 2, 3, 4, 5, 6, 7, 8, 9, 10 -> n[in.field() - 2] = in.number();
                default -> in.skip();
            }
        }
        return new Counts(tenant, n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8]);
    }

    static FieldWriter write(Head head) {
        FieldWriter out = new FieldWriter();
        out.number(1, head.nextToken());
        out.number(2, head.epoch());
        out.number(3, head.featureLevel());
        out.number(4, head.incarnation());
        return out;
    }

    static Head readHead(FieldReader in) {
        long nextToken = 0;
        long epoch = 0;
        int featureLevel = 0;
        int incarnation = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> nextToken = in.number();
                case 2 -> epoch = in.number();
                case 3 -> featureLevel = in.small();
                case 4 -> incarnation = in.small();
                default -> in.skip();
            }
        }
        return new Head(nextToken, epoch, featureLevel, incarnation);
    }
}
