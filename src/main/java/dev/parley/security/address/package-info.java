/** Where a request comes from, through proxies that are trusted to say so. Asks no name server. Any thread. */
@NullMarked
package dev.parley.security.address;

import org.jspecify.annotations.NullMarked;
