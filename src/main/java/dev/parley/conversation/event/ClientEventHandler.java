package dev.parley.conversation.event;

/** Takes what a conversation tells its client: one method per kind of {@link ClientEvent}. */
public interface ClientEventHandler {
    /** See {@link ClientEvent.Waiting}. */
    void on(ClientEvent.Waiting event);

    /** See {@link ClientEvent.Ready}. */
    void on(ClientEvent.Ready event);

    /** See {@link ClientEvent.History}. */
    void on(ClientEvent.History event);

    /** See {@link ClientEvent.NotResumed}. */
    void on(ClientEvent.NotResumed event);

    /** See {@link ClientEvent.OutputFormat}. */
    void on(ClientEvent.OutputFormat event);

    /** See {@link ClientEvent.InputTranscript}. */
    void on(ClientEvent.InputTranscript event);

    /** See {@link ClientEvent.InputPreview}. */
    void on(ClientEvent.InputPreview event);

    /** See {@link ClientEvent.OutputTranscript}. */
    void on(ClientEvent.OutputTranscript event);

    /** See {@link ClientEvent.ModelText}. */
    void on(ClientEvent.ModelText event);

    /** See {@link ClientEvent.Sources}. */
    void on(ClientEvent.Sources event);

    /** See {@link ClientEvent.SpeechStart}. */
    void on(ClientEvent.SpeechStart event);

    /** See {@link ClientEvent.SpeechEnd}. */
    void on(ClientEvent.SpeechEnd event);

    /** See {@link ClientEvent.Interrupted}. */
    void on(ClientEvent.Interrupted event);

    /** See {@link ClientEvent.TurnComplete}. */
    void on(ClientEvent.TurnComplete event);

    /** See {@link ClientEvent.Tool}. */
    void on(ClientEvent.Tool event);

    /** See {@link ClientEvent.Usage}. */
    void on(ClientEvent.Usage event);

    /** See {@link ClientEvent.TimeLeft}. */
    void on(ClientEvent.TimeLeft event);

    /** See {@link ClientEvent.Reconnecting}. */
    void on(ClientEvent.Reconnecting event);

    /** See {@link ClientEvent.Resumed}. */
    void on(ClientEvent.Resumed event);

    /** See {@link ClientEvent.Unsteady}. */
    void on(ClientEvent.Unsteady event);

    /** See {@link ClientEvent.Steady}. */
    void on(ClientEvent.Steady event);

    /** See {@link ClientEvent.Problem}. */
    void on(ClientEvent.Problem event);
}
