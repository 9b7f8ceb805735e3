/** Tests of the clock that is moved by hand. */
@NullMarked
package dev.kalends.time;

import org.jspecify.annotations.NullMarked;
