package dev.parley.media.worker.launch;

/**
 * What server and worker say to each other. Standard input: one line, the order, in UTF-8; after {@link #STREAM} the
 * recording's bytes until the end. Standard output: {@link #GREETING}, then PCM s16le 16 kHz mono, of a stream in pieces
 * with marks between them. Standard error: words
 * for the log; a line that begins with {@link #REFUSAL} is for the person who sent the audio. Constants only, so that
 * neither side needs the other's classes.
 */
public final class WorkerProtocol {
    /** First bytes of standard output, ASCII: the native library is loaded, an order may come. */
    public static final String GREETING = "parley-worker-2\n";

    /**
     * The order to decode what follows on standard input. Pieces of PCM come with their length before them (two bytes, big
     * endian); a length of {@link #MARK} is followed by eight bytes: how many bytes of input everything before was made
     * of, more than at the last mark.
     */
    public static final String STREAM = "stream";

    /** In the place of a piece's length. */
    public static final int MARK = 0;

    /** The longest piece, in bytes; all hold whole samples. */
    public static final int MAX_PIECE = 32_768;

    /** The order to decode a file: this, then its absolute path. The end of standard input calls it off. */
    public static final String FILE = "file ";

    /** The longest order, in bytes. */
    public static final int MAX_ORDER = 8_192;

    /** Begins the line that says why a recording is refused. */
    public static final String REFUSAL = "refused: ";

    /** Exit value: everything was decoded. */
    public static final int DONE = 0;

    /** Exit value: the recording cannot be decoded. */
    public static final int REFUSED = 65;

    /** Exit value: the native library cannot be loaded on this machine. */
    public static final int UNUSABLE = 66;

    /** Exit value: the server is gone or wants no more. */
    public static final int ABANDONED = 67;

    /** System property of the worker: how many files it may have open at once. */
    public static final String OPEN_FILES = "worker.open-files";

    private WorkerProtocol() {}
}
