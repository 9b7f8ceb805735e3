/** Tests of rehearsals; start reading at {@code AgreementTest}: what is foretold is what then happens. */
@NullMarked
package dev.kalends.rehearsal;

import org.jspecify.annotations.NullMarked;
