/** Tests of the store in memory; what every store promises is in {@code testing.StoreContract}. */
@NullMarked
package dev.kalends.memory;

import org.jspecify.annotations.NullMarked;
