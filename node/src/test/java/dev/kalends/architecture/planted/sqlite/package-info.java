/** Breaks a rule of architecture, so that the rule's test can be seen to fail. */
@NullMarked
package dev.kalends.architecture.planted.sqlite;

import org.jspecify.annotations.NullMarked;
