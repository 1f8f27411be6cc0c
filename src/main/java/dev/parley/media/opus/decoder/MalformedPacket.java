package dev.parley.media.opus.decoder;

/** A packet that no encoder makes. Has no stack trace: damage is daily business, and where it was found is in the text. */
public final class MalformedPacket extends Exception {
    private static final long serialVersionUID = 1;

    MalformedPacket(String message) {
        super(message, null, false, false);
    }
}
