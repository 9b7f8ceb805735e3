/** Tests of the client against a server on loopback. */
@NullMarked
package dev.kalends.client;

import org.jspecify.annotations.NullMarked;
