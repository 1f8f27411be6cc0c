package dev.parley.gemini.rest;

import java.time.Duration;

/** Told that a request is tried again. */
@FunctionalInterface
public interface RetryNotice {
    /**
     * It will be tried again after a pause.
     *
     * @param why the failure, in a sentence for people
     */
    void retrying(Duration pause, String why);
}
