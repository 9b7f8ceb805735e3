/** Tests of the vocabulary: what ids, hashes and states promise to everything that is stored or shown. */
@NullMarked
package dev.kalends.job;

import org.jspecify.annotations.NullMarked;
