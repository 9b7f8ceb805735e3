@NullMarked
package dev.kalends.zookeeper;

import org.jspecify.annotations.NullMarked;
