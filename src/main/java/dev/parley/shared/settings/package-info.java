/**
 * Reading configuration: {@link dev.parley.shared.settings.SettingsReader} turns MicroProfile Config properties into
 * checked values, {@link dev.parley.shared.settings.Secret} holds what must not be printed, and two config sources
 * add {@code .env} and {@code parley.properties} of the working directory. Each room keeps its own settings record;
 * this room knows none of them. Start-up fails on nonsense, naming the property, the value and what is allowed.
 */
@NullMarked
package dev.parley.shared.settings;

import org.jspecify.annotations.NullMarked;
