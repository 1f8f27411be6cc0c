/**
 * Which of Google's two services is spoken to, the Gemini Developer API or Vertex AI: addresses, names of models, and what
 * one has and the other has not. Credentials do not belong here, see {@code gemini.access}. Immutable; any thread.
 */
@NullMarked
package dev.parley.gemini.service;

import org.jspecify.annotations.NullMarked;
