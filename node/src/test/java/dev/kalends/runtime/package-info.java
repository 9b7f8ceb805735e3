/** Tests of the partition's loop; start reading at {@link dev.kalends.runtime.LoopRig}, the kit they are written with. */
@NullMarked
package dev.kalends.runtime;

import org.jspecify.annotations.NullMarked;
