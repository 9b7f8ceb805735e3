package dev.kalends.partition;

import dev.kalends.journal.RequestAnswer;
import java.util.List;
import java.util.Optional;

/**
 * Something that somebody did, or a node by itself, for the record.
 *
 * <p>It is kept as the answer of the command that noted it, under a request id that begins with the instant: so it is
 * in the journal and in every replica, is read in the order of time, and is forgotten as answers are, only later.
 *
 * @param who a person, a token's name, or a node
 * @param verb one word, such as pause
 * @param subject what it was done to
 * @param tenant whose; {@link #EVERY} for what is nobody's alone
 * @param detail one line; may be empty
 */
public record Deed(long atMs, String who, String verb, String subject, String tenant, String detail) {
    /** Stands for all tenants. */
    public static final String EVERY = "*";

    /** No tenant's name has an asterisk, so no client's request id begins so. */
    private static final String PREFIX = "*deed/";

    private static final String PREFIX_END = "*deed0";
    private static final String SEPARATOR = "\t";
    private static final int TEXT_MAX = 300;
    private static final int PARTS = 3;

    public Deed {
        who = clean(who);
        verb = clean(verb);
        subject = clean(subject);
        tenant = clean(tenant);
        detail = clean(detail);
    }

    private static String clean(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints().limit(TEXT_MAX).forEach(c -> plain.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return plain.toString();
    }

    /** The request id to note it under; the same request gives the same one only within a millisecond. */
    public String id(String requestId) {
        return from(atMs) + "/" + requestId;
    }

    /** Ids of deeds from an instant on are this or later. */
    public static String from(long ms) {
        return PREFIX + String.format("%015d", Math.max(0, ms));
    }

    /** Ids of deeds are before this. */
    public static String end() {
        return PREFIX_END;
    }

    Reply.Acted noted() {
        return new Reply.Acted(
                List.of(new Reply.Act(subject, verb, String.join(SEPARATOR, who, tenant, detail), List.of())));
    }

    /** The deed that an answer holds; empty for other answers. */
    public static Optional<Deed> of(RequestAnswer answer) {
        String id = answer.requestId();
        int slash = id.indexOf('/', PREFIX.length());
        if (!id.startsWith(PREFIX) || slash < 0 || answer.lines().size() != 1) {
            return Optional.empty();
        }
        return Answers.act(answer.lines().getFirst()).flatMap(act -> {
            String[] parts = act.detail().split(SEPARATOR, PARTS);
            String ms = id.substring(PREFIX.length(), slash);
            return parts.length == PARTS && ms.matches("\\d{1,18}")
                    ? Optional.of(new Deed(Long.parseLong(ms), parts[0], act.outcome(), act.id(), parts[1], parts[2]))
                    : Optional.empty();
        });
    }

    /** What makes two notes of one deed the same: a request that was sent again is noted again. */
    public static String requestOf(RequestAnswer answer) {
        String id = answer.requestId();
        return id.substring(id.indexOf('/', PREFIX.length()) + 1);
    }
}
