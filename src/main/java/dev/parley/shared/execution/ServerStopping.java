package dev.parley.shared.execution;

/**
 * The event that the application is about to be stopped, alone or with its server, while its sockets are still open.
 * May come more than once. Observers run one after the other on the thread that stops, and may take a few seconds.
 */
public record ServerStopping() {}
