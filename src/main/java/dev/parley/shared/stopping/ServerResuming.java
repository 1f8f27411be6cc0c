package dev.parley.shared.stopping;

/** The event that the server serves again after {@link ServerStopping}: it was suspended, and not stopped. */
public record ServerResuming() {}
