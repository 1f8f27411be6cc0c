/**
 * What a key has spent within the last minute, and accounts on that. Knows no slots and no waiting. Thread safe.
 */
@NullMarked
package dev.parley.limits.budget;

import org.jspecify.annotations.NullMarked;
