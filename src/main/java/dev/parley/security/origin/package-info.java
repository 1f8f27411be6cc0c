/**
 * From which web pages a request may come: browsers send a person's sign-in along with whatever any page asks for. Knows no
 * people. Any thread.
 */
@NullMarked
package dev.parley.security.origin;

import org.jspecify.annotations.NullMarked;
