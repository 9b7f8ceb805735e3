/** Tests of the partition's loop; start reading at {@link dev.kalends.runtime.LoopRig}, their kit. */
@NullMarked
package dev.kalends.runtime;

import org.jspecify.annotations.NullMarked;
