/** What the simulator sees: how many pictures, how large. Reads headers, decodes no picture. Serial order of the session. */
@NullMarked
package dev.parley.simulator.sight;

import org.jspecify.annotations.NullMarked;
