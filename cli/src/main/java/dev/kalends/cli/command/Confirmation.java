package dev.kalends.cli.command;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.cli.io.Surroundings;
import dev.kalends.client.Flag;
import java.io.IOException;
import java.io.InputStream;

/**
 * Asks before something is destroyed: {@code --yes}, or the count typed by a person. Where stdin is no terminal nobody
 * is asked and nothing is done without {@code --yes}.
 */
public final class Confirmation {
    private static final int TYPED_MAX = 32;

    private final Session session;

    public Confirmation(Session session) {
        this.session = session;
    }

    /**
     * Whether to go on.
     *
     * @param thing what they are, in the singular
     * @param done what would become of them, such as {@code cancelled}
     * @param dryRun only say it
     * @throws ApiException {@code usage} when it was not confirmed
     */
    public boolean of(long count, String thing, String done, Flag dryRun) throws IOException {
        String things = count + " " + thing + (count == 1 ? "" : "s");
        String would = things + " would be " + done;
        if (dryRun == Flag.ON) {
            session.surroundings().out().line(would + ". Nothing changed. Run again with --yes.");
            return false;
        }
        if (count == 0) {
            session.tell("nothing to do: no " + thing + " matches");
            return false;
        }
        if (session.settings().manner().yes()) {
            return true;
        }
        Surroundings surroundings = session.surroundings();
        if (!surroundings.terminal().in()) {
            throw new ApiException(ErrorCode.USAGE, would + "; --yes is missing", "look first with --dry-run");
        }
        surroundings.err().print(would + ". Type " + count + " to go on: ").flush();
        if (typed(surroundings.streams().in()).equals(Long.toString(count))) {
            return true;
        }
        throw new ApiException(ErrorCode.USAGE, "not confirmed, nothing changed", "--yes does it without asking");
    }

    private static String typed(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n' && line.length() < TYPED_MAX; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }
}
