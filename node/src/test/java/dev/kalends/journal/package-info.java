/** Tests of the changes, their encoding, and the journals. */
@NullMarked
package dev.kalends.journal;

import org.jspecify.annotations.NullMarked;
