package dev.parley.operations.diagnostics.step;

/** What is examined, in about this order. */
public enum StepName {
    /** A slot is free, as any conversation needs one. */
    SLOT("A free slot"),
    /** It is known where to go. */
    ADDRESS("Address known"),
    /** The name leads to an address. */
    DNS("Name found"),
    /** Something answers there. */
    TCP("Connection made"),
    /** It speaks TLS, and its certificate is trusted. */
    TLS("TLS trusted"),
    /** Gemini takes the key. */
    KEY("Key accepted"),
    /** Gemini has the model, and it can hold conversations. */
    MODEL("Model exists"),
    /** This server's own WebSocket opens. */
    DOOR("Own WebSocket opens"),
    /** The session is set up. */
    SETUP("Session set up"),
    /** The voice came through: what it said is written. */
    TRANSCRIPT("Voice understood"),
    /** The model begins to answer. */
    FIRST_TOKEN("First word of the answer"),
    /** The answer is heard. */
    FIRST_AUDIO("First sound of the answer"),
    /** The conversation ends as asked. */
    END("Ended as asked");

    private final String title;

    StepName(String title) {
        this.title = title;
    }

    /** For people. */
    public String title() {
        return title;
    }
}
