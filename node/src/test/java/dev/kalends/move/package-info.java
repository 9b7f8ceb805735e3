/** Tests of the move into another number of partitions. */
@NullMarked
package dev.kalends.move;

import org.jspecify.annotations.NullMarked;
