/** Tests of decisions; start reading at {@link dev.kalends.partition.Partition}, the kit they are written with. */
@NullMarked
package dev.kalends.partition;

import org.jspecify.annotations.NullMarked;
