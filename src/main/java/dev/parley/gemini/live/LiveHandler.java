package dev.parley.gemini.live;

/** Takes what a Live API server told: one method per kind of {@link LiveEvent}. */
public interface LiveHandler {
    /** See {@link LiveEvent.Ready}. */
    void on(LiveEvent.Ready event);

    /** See {@link LiveEvent.ModelAudio}. */
    void on(LiveEvent.ModelAudio event);

    /** See {@link LiveEvent.ModelText}. */
    void on(LiveEvent.ModelText event);

    /** See {@link LiveEvent.InputTranscript}. */
    void on(LiveEvent.InputTranscript event);

    /** See {@link LiveEvent.InputPreview}. */
    void on(LiveEvent.InputPreview event);

    /** See {@link LiveEvent.OutputTranscript}. */
    void on(LiveEvent.OutputTranscript event);

    /** See {@link LiveEvent.Sources}. */
    void on(LiveEvent.Sources event);

    /** See {@link LiveEvent.SpeechStarted}. */
    void on(LiveEvent.SpeechStarted event);

    /** See {@link LiveEvent.SpeechEnded}. */
    void on(LiveEvent.SpeechEnded event);

    /** See {@link LiveEvent.GenerationComplete}. */
    void on(LiveEvent.GenerationComplete event);

    /** See {@link LiveEvent.TurnComplete}. */
    void on(LiveEvent.TurnComplete event);

    /** See {@link LiveEvent.Interrupted}. */
    void on(LiveEvent.Interrupted event);

    /** See {@link LiveEvent.Usage}. */
    void on(LiveEvent.Usage event);

    /** See {@link LiveEvent.ToolCalls}. */
    void on(LiveEvent.ToolCalls event);

    /** See {@link LiveEvent.ToolCallsCancelled}. */
    void on(LiveEvent.ToolCallsCancelled event);

    /** See {@link LiveEvent.GoAway}. */
    void on(LiveEvent.GoAway event);

    /** See {@link LiveEvent.ResumptionHandle}. */
    void on(LiveEvent.ResumptionHandle event);

    /** See {@link LiveEvent.Alive}. */
    void on(LiveEvent.Alive event);

    /** See {@link LiveEvent.Closed}. */
    void on(LiveEvent.Closed event);
}
