/**
 * The operator's desk as MBeans, for the servers' consoles, jconsole and remote JMX: registered when the application has
 * started, taken back when it stops. Decides nothing. Calls come on threads of the console's connection, which may block.
 */
@NullMarked
package dev.parley.operations.mbean;

import org.jspecify.annotations.NullMarked;
