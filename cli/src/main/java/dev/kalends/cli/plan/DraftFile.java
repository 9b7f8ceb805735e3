package dev.kalends.cli.plan;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.JobRequest;
import dev.kalends.api.Json;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Session;
import dev.kalends.job.Limits;
import dev.kalends.tui.text.SafeText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads jobs that do not exist yet: one a line, as {@code submit -f} takes them, a bounded number. */
final class DraftFile {
    private DraftFile() {}

    /** The jobs of a file, or of stdin; null when none is named. */
    static @Nullable List<JobRequest> read(Optional<String> file, Session session) throws IOException {
        if (file.isEmpty()) {
            return null;
        }
        try (InputStream in = open(file.get(), session);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            List<JobRequest> jobs = new ArrayList<>();
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                if (jobs.size() == Limits.BULK_CHUNK_LINES_MAX) {
                    throw Arguments.usage("a simulation takes at most " + Limits.BULK_CHUNK_LINES_MAX
                            + " jobs of a file; file=" + SafeText.line(file.get()));
                }
                jobs.add(job(line, number));
            }
            return jobs;
        }
    }

    private static JobRequest job(String line, int number) {
        try {
            return Json.readRequest(JobRequest.class, line.getBytes(StandardCharsets.UTF_8));
        } catch (ApiException e) {
            throw new ApiException(
                    e.code(), e.getMessage() + " line=" + number, e.hint().orElse(""));
        }
    }

    private static InputStream open(String file, Session session) {
        if (file.equals("-")) {
            return session.surroundings().streams().in();
        }
        try {
            return Files.newInputStream(Path.of(file));
        } catch (IOException e) {
            throw new ApiException(
                    ErrorCode.USAGE,
                    "the file cannot be read; file=" + SafeText.line(file),
                    "it holds a job a line, as JSON; - reads from stdin");
        }
    }
}
