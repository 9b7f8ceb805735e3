package dev.kalends.kafka;

import dev.kalends.journal.Journal;

/**
 * An entry that was read from the topic.
 *
 * @param nextHistory the number of the next line of history after it; -1 while nothing that was read says so
 * @param bytes of its records: what it costs to hold
 */
record Fed(Journal.Entry entry, long nextHistory, long bytes) {}
