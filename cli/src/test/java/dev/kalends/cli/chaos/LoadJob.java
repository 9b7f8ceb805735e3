package dev.kalends.cli.chaos;

import java.util.List;

/**
 * A job to submit.
 *
 * @param line as JSON
 * @param nominals when it is to run
 * @param witnessed whether it calls the recorder
 */
record LoadJob(String name, String line, List<Long> nominals, boolean witnessed) {}
