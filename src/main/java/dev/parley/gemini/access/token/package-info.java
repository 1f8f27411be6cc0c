/**
 * Access tokens of Google Cloud, got by Google's auth library for a service account, a workload identity or the machine
 * that this runs on: one at a time for everybody, and ahead of their end, on {@link
 * dev.parley.shared.execution.MayBlock} threads. No token is ever in a URL, a log or an exception. Nothing here knows what
 * tokens are used for.
 */
@NullMarked
package dev.parley.gemini.access.token;

import org.jspecify.annotations.NullMarked;
