/** The page's conversation in a real browser, with the server played by the test. */
@NullMarked
package dev.parley.page.talking;

import org.jspecify.annotations.NullMarked;
