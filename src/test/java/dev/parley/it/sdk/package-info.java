/**
 * Google's own Java SDK as a guest of the simulator, and Parley's connection to it, both over TLS. Where the SDK and the
 * simulator disagree, the simulator is wrong.
 */
@NullMarked
package dev.parley.it.sdk;

import org.jspecify.annotations.NullMarked;
