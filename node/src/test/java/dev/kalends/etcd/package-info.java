@NullMarked
package dev.kalends.etcd;

import org.jspecify.annotations.NullMarked;
