/** JSON-B records of the browser protocol; public because Yasson reads public records only. */
@NullMarked
package dev.parley.browser.message;

import org.jspecify.annotations.NullMarked;
