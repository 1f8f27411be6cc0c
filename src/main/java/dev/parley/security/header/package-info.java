/** What every answer tells browsers to do and to leave. Any thread. */
@NullMarked
package dev.parley.security.header;

import org.jspecify.annotations.NullMarked;
