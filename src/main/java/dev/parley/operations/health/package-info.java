/**
 * Whether this node lives, has started, and should be given conversations, in the JSON of MicroProfile Health on a servlet of its
 * own, since WildFly's default has no such API. Looks at nothing when it is asked: what it says is known already.
 */
@NullMarked
package dev.parley.operations.health;

import org.jspecify.annotations.NullMarked;
