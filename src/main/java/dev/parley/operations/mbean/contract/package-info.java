/**
 * What consoles see of Parley: MBean interfaces of open data only, so that a console needs none of Parley's classes (JMX
 * 1.4, {@code javax.management.openmbean}). Tables are arrays of {@code CompositeData}, with the members that
 * {@code docs/openapi.yaml} describes. Any thread.
 */
@NullMarked
package dev.parley.operations.mbean.contract;

import org.jspecify.annotations.NullMarked;
