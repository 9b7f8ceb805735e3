/**
 * Owns the test doubles of every port and the contract suites that doubles and adapters pass alike.
 *
 * <p>Start reading at {@link dev.kalends.testing.StoreContract} and {@link dev.kalends.testing.FaultyStore}.
 */
@NullMarked
package dev.kalends.testing;

import org.jspecify.annotations.NullMarked;
