package dev.kalends.cli.look;

import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.Format;
import dev.kalends.cli.output.JsonObject;
import dev.kalends.cli.output.JsonText;
import dev.kalends.cli.output.Listing;
import dev.kalends.cli.output.Rendering;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A list that a node answers page by page, printed as it comes: people get its beginning, programs all of it, and
 * neither needs memory for more than a page.
 *
 * <p>A page may be short, even empty, and still have a following one: nodes look at a bounded number of rows a page.
 */
public final class PagedList<T> {
    /** What a person gets who names no limit. */
    public static final int PEOPLE_LIMIT = 100;
    /** Items that are asked for at once. */
    public static final int PAGE_MAX = 1000;

    private final Session session;
    private final Listing<T> listing;
    private final Source<T> source;

    /** A page: its items, and the cursor of the following one. */
    public record Page<T>(
            String asOf, List<T> items, @Nullable String next) {}

    /** Fetches a page. */
    @FunctionalInterface
    public interface Source<T> {
        Page<T> page(int limit, Optional<String> after);
    }

    public PagedList(Session session, Listing<T> listing, Source<T> source) {
        this.session = session;
        this.listing = listing;
        this.source = source;
    }

    /**
     * Prints.
     *
     * @param limit empty: {@value #PEOPLE_LIMIT} for people, all for programs
     * @param none what people are told when there is nothing
     */
    public void print(Rendering to, OptionalLong limit, String none) {
        if (to.forPeople()) {
            printForPeople(to, limit.orElse(PEOPLE_LIMIT), none);
        } else if (to.format() == Format.JSON && !to.quiet()) {
            printJson(to, limit.orElse(Long.MAX_VALUE));
        } else {
            long left = limit.orElse(Long.MAX_VALUE);
            Optional<String> after = Optional.empty();
            do {
                Page<T> page = fetch(left, after);
                listing.print(to, page, page.items());
                left -= page.items().size();
                after = Optional.ofNullable(page.next());
            } while (after.isPresent() && left > 0);
        }
    }

    private void printForPeople(Rendering to, long limit, String none) {
        List<T> block = new ArrayList<>();
        long left = limit;
        boolean any = false;
        Optional<String> after = Optional.empty();
        do {
            Page<T> page = fetch(left, after);
            block.addAll(page.items());
            left -= page.items().size();
            after = Optional.ofNullable(page.next());
            boolean last = after.isEmpty() || left <= 0;
            if (!block.isEmpty() && (last || block.size() >= PAGE_MAX)) {
                listing.print(to, page, block);
                block.clear();
                any = true;
            }
        } while (after.isPresent() && left > 0);
        if (!any) {
            session.tell(none);
        } else if (after.isPresent()) {
            session.tell("there is more; show it with --limit N");
        }
    }

    /** One JSON document, written piece by piece. */
    private void printJson(Rendering to, long limit) {
        long left = limit;
        boolean first = true;
        Optional<String> after = Optional.empty();
        do {
            Page<T> page = fetch(left, after);
            if (after.isEmpty()) {
                String head = JsonText.of(new JsonObject().text("asOf", page.asOf()));
                to.out().print(head.substring(0, head.length() - 1)).print(",\"items\":[");
            }
            for (T item : page.items()) {
                to.out().print(first ? "" : ",").print(JsonText.of(item));
                first = false;
            }
            left -= page.items().size();
            after = Optional.ofNullable(page.next());
        } while (after.isPresent() && left > 0);
        String tail = JsonText.of(new JsonObject().text("next", after.orElse(null)));
        to.out().line("]," + tail.substring(1));
    }

    private Page<T> fetch(long left, Optional<String> after) {
        return source.page((int) Math.min(left, PAGE_MAX), after);
    }
}
