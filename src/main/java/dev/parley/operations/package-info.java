/**
 * What whoever runs the server sees and does: health, metrics, the picture of what runs ({@code board}), what can be done about
 * it ({@code desk}, {@code diagnostics}), and the doors to that, which are three for one desk ({@code rest}, {@code mbean}, and
 * the page {@code admin.html}). Here is who may come in. Nothing of this is needed to hold a conversation.
 */
@NullMarked
package dev.parley.operations;

import org.jspecify.annotations.NullMarked;
