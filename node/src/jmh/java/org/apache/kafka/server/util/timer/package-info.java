/** Owns the one class that has to stand in Kafka's package to reach its timing wheel. May import: nothing of ours. */
@NullMarked
package org.apache.kafka.server.util.timer;

import org.jspecify.annotations.NullMarked;
