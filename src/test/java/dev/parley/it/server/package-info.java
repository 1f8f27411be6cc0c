/**
 * The three servers as processes of the build: prepared as an operator would, with the files of {@code payara-config},
 * on free ports, below {@code target/it}; started, deployed to and stopped from the command line. Nothing here asserts
 * what the product does.
 */
@NullMarked
package dev.parley.it.server;

import org.jspecify.annotations.NullMarked;
