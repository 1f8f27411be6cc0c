package dev.parley.operations.mbean.contract;

/** {@code dev.parley:type=Node}. */
public interface NodeMXBean {
    /** Whether the simulator answers, because there is no key. */
    boolean isSimulated();

    /** Whether nobody is let in. */
    boolean isDraining();

    /** Until conversations that still run are ended; 0 when that is over, or nothing is drained. */
    long getDrainEndsInSeconds();

    /** How many conversations are not over. */
    int getConversations();

    /** Lets nobody in any more, and gives those who talk some time. */
    void drain();

    /** Calls that off. */
    void undrain();
}
