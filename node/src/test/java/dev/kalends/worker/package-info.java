/** Tests of the worker: its decisions in virtual time, its executions with real processes and a real HTTP server. */
@NullMarked
package dev.kalends.worker;

import org.jspecify.annotations.NullMarked;
