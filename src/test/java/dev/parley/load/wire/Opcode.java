package dev.parley.load.wire;

/** Frame opcodes of RFC 6455 §5.2. */
public final class Opcode {
    /** UTF-8 text. */
    public static final int TEXT = 1;
    /** Bytes. */
    public static final int BINARY = 2;
    /** Status code and reason. */
    public static final int CLOSE = 8;
    /** Wants a pong with the same payload. */
    public static final int PING = 9;
    /** Answer to a ping. */
    public static final int PONG = 10;

    private Opcode() {}
}
