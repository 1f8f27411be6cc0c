package dev.parley.tools.call;

/** Told what becomes of calls, in the mailbox. */
public interface ToolListener {
    /** A call stands elsewhere now. */
    void stands(CallNotice notice);

    /** The answer to a call; the last thing told of it. */
    void answered(ToolAnswer answer);
}
