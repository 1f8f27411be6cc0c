/**
 * Which models a person can choose: those of the operator that Google serves now, asked for now and then, or those known
 * here while Google does not tell. Depends on {@code gemini.settings} and {@code gemini.rest.http}. Never blocks a
 * caller; asks on {@link dev.parley.shared.execution.MayBlock} threads.
 */
@NullMarked
package dev.parley.gemini.models;

import org.jspecify.annotations.NullMarked;
