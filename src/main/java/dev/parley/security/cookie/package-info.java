/** Cookies that only this server can make and read, so that it keeps nothing for those who have one. Any thread. */
@NullMarked
package dev.parley.security.cookie;

import org.jspecify.annotations.NullMarked;
