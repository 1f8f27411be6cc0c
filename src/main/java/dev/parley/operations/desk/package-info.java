/**
 * What an operator can do about what runs: one set of classes behind every door. Conversations are ended, limits changed, the
 * node drained; keys are told by their names, never by their values. What is changed here lasts as long as the process. Any
 * thread; nothing blocks.
 */
@NullMarked
package dev.parley.operations.desk;

import org.jspecify.annotations.NullMarked;
