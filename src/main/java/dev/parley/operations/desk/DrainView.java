package dev.parley.operations.desk;

/**
 * Whether the node is being emptied.
 *
 * @param draining whether nobody is let in
 * @param byOperator whether an operator wants that; otherwise the server stops
 * @param endsInSeconds until conversations that still run are ended; 0 when that is over, or nothing is drained
 * @param conversations that still run
 */
public record DrainView(boolean draining, boolean byOperator, long endsInSeconds, int conversations) {}
