package dev.parley.shared.failure;

/**
 * Why a conversation ended or a request was refused: one row per meaning, with the WebSocket close code the browser
 * sees, the HTTP status the REST doors answer, and whether trying again can help. The page has the same table in
 * {@code transport/failure-kind.js}; a test holds the two equal.
 *
 * <p>Codes 4400–4508 are Parley's own (RFC 6455 §7.4.2 leaves 4000–4999 to applications) and follow HTTP's numbers.
 */
public enum FailureKind {
    /** The conversation ended as asked. */
    NORMAL(1000, 200, false, Fault.NOBODY),
    /** A message could not be understood: bad JSON, wrong types, messages out of order, too many per second. */
    BAD_MESSAGE(4400, 400, false, Fault.CALLER),
    /** The door wants a signed-in caller. */
    SIGN_IN_NEEDED(4401, 401, false, Fault.CALLER),
    /** The caller is known but not allowed, or comes from a foreign origin. */
    REFUSED(4403, 403, false, Fault.CALLER),
    /** The time a conversation may last is over. */
    TIME_LIMIT(4408, 408, false, Fault.NOBODY),
    /** A message, recording or backlog is larger than its bound. */
    TOO_LARGE(4413, 413, false, Fault.CALLER),
    /** The audio is of a kind, or in a state, that cannot be decoded. */
    UNSUPPORTED_AUDIO(4415, 415, false, Fault.CALLER),
    /** No conversation slot, no place in the waiting room, or no token budget left. */
    NO_CAPACITY(4429, 429, true, Fault.NOBODY),
    /** Gemini refused the key, the model or the request; the same request will be refused again. */
    UPSTREAM_REFUSED(4502, 502, false, Fault.OPERATOR),
    /** Gemini cannot be reached or gave up; trying again can help. */
    UPSTREAM_UNAVAILABLE(4503, 503, true, Fault.UPSTREAM),
    /** This server is being stopped or drained; another one, or this one later, can help. */
    DRAINING(4508, 503, true, Fault.NOBODY),
    /** A fault of Parley itself. */
    INTERNAL(1011, 500, true, Fault.PARLEY);

    /** Who has to act; decides how loudly it is logged. */
    public enum Fault {
        /** Nothing is wrong. */
        NOBODY,
        /** The browser or its user. */
        CALLER,
        /** Whoever configured the server. */
        OPERATOR,
        /** Gemini or the network to it. */
        UPSTREAM,
        /** Parley has a defect. */
        PARLEY
    }

    private final int closeCode;
    private final int httpStatus;
    private final boolean retryable;
    private final Fault fault;

    FailureKind(int closeCode, int httpStatus, boolean retryable, Fault fault) {
        this.closeCode = closeCode;
        this.httpStatus = httpStatus;
        this.retryable = retryable;
        this.fault = fault;
    }

    /** WebSocket close code (RFC 6455 §7.4). */
    public int closeCode() {
        return closeCode;
    }

    /** HTTP status for the same meaning. */
    public int httpStatus() {
        return httpStatus;
    }

    /** Whether the same request may succeed later without anyone changing anything. */
    public boolean retryable() {
        return retryable;
    }

    /** Who has to act. */
    public Fault fault() {
        return fault;
    }
}
