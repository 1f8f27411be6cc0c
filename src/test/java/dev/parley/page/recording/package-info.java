/**
 * The recording tab in a real browser, before a server that the test plays: what it sends is taken apart, and what it is
 * answered is scripted. Needs no container.
 */
@NullMarked
package dev.parley.page.recording;

import org.jspecify.annotations.NullMarked;
