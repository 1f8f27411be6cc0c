/**
 * The REST side of the simulator at Google's own paths: models, {@code generateContent}, and the Files API. Served only
 * while the simulator is enabled. Servlets, so that the application path of Jakarta REST stays free. They read bodies
 * and measure on the container's thread, and wait between the pieces of an answer on none.
 */
@NullMarked
package dev.parley.simulator.rest;

import org.jspecify.annotations.NullMarked;
