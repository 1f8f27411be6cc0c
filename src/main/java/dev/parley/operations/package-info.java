/**
 * What whoever runs the server sees and does: health, metrics. Reads what rooms show of themselves and observes conversations;
 * decides nothing about them.
 */
@NullMarked
package dev.parley.operations;

import org.jspecify.annotations.NullMarked;
