/**
 * What the integration tests are staged with: deployments and their log, callers, a browser, and voices. Nothing here
 * asserts what the product does.
 */
@NullMarked
package dev.parley.it.stage;

import org.jspecify.annotations.NullMarked;
