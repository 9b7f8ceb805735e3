/** Breaks a rule of architecture, so that the rule's test can be seen to fail. */
@NullMarked
package dev.kalends.architecture.planted.job;

import org.jspecify.annotations.NullMarked;
