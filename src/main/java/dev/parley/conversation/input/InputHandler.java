package dev.parley.conversation.input;

/** Acts on what happens to a conversation: one method per kind of {@link Input}. */
public interface InputHandler {
    /** See {@link Input.Start}. */
    void on(Input.Start input);

    /** See {@link Input.AudioArrived}. */
    void on(Input.AudioArrived input);

    /** See {@link Input.AudioDecoded}. */
    void on(Input.AudioDecoded input);

    /** See {@link Input.TextTyped}. */
    void on(Input.TextTyped input);

    /** See {@link Input.PictureShown}. */
    void on(Input.PictureShown input);

    /** See {@link Input.ActivityStarted}. */
    void on(Input.ActivityStarted input);

    /** See {@link Input.ActivityEnded}. */
    void on(Input.ActivityEnded input);

    /** See {@link Input.AudioStreamEnded}. */
    void on(Input.AudioStreamEnded input);

    /** See {@link Input.Heard}. */
    void on(Input.Heard input);

    /** See {@link Input.StopAsked}. */
    void on(Input.StopAsked input);

    /** See {@link Input.EndAsked}. */
    void on(Input.EndAsked input);

    /** See {@link Input.ClientGone}. */
    void on(Input.ClientGone input);

    /** See {@link Input.ClientReturned}. */
    void on(Input.ClientReturned input);

    /** See {@link Input.SlotGranted}. */
    void on(Input.SlotGranted input);

    /** See {@link Input.PlaceInLine}. */
    void on(Input.PlaceInLine input);

    /** See {@link Input.SlotRefused}. */
    void on(Input.SlotRefused input);

    /** See {@link Input.UpstreamHeard}. */
    void on(Input.UpstreamHeard input);

    /** See {@link Input.ToolNews}. */
    void on(Input.ToolNews input);

    /** See {@link Input.TimePassed}. */
    void on(Input.TimePassed input);
}
