/**
 * Pictures at the browser's door: whether they are what they say they are, and how often they may come. Decodes no
 * picture. Called by the thread that brings a message; nothing here blocks.
 */
@NullMarked
package dev.parley.browser.picture;

import org.jspecify.annotations.NullMarked;
