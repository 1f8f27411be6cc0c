/**
 * Where the slots that conversations use are counted: {@link dev.parley.limits.store.LeaseStore} is the port, this
 * node's memory one store behind it. Nothing here knows who waits, for how long, or what a token is. Used by
 * {@code limits} only. Any thread; freed slots are told without a lock held.
 */
@NullMarked
package dev.parley.limits.store;

import org.jspecify.annotations.NullMarked;
