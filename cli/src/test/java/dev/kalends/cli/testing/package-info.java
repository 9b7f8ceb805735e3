/** Owns what the tests of commands share: a command run in-process, golden transcripts, a node that answers as told. */
@NullMarked
package dev.kalends.cli.testing;

import org.jspecify.annotations.NullMarked;
