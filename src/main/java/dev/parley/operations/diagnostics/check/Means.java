package dev.parley.operations.diagnostics.check;

import dev.parley.gemini.live.LiveUpstream;
import dev.parley.gemini.models.ModelProbe;
import dev.parley.gemini.settings.LiveAddress;
import dev.parley.gemini.settings.LiveDefaults;
import dev.parley.limits.Admission;
import dev.parley.media.AudioDecoders;
import dev.parley.operations.board.Board;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLSocketFactory;

/**
 * What checks use.
 *
 * @param admission the way to a slot
 * @param upstream the way to Gemini
 * @param defaults what is asked for when nothing is chosen
 * @param probe asks Gemini about keys and models
 * @param address where Gemini is
 * @param decoders for the bundled voice
 * @param board is told how a key fares
 * @param clock for the board
 * @param mayBlock for look-ups of names
 * @param tls makes secure connections
 * @param answerPatience how long an answer is waited for
 * @param speed how many times as fast as a person the bundled voice speaks
 */
public record Means(
        Admission admission,
        LiveUpstream upstream,
        LiveDefaults defaults,
        ModelProbe probe,
        LiveAddress address,
        AudioDecoders decoders,
        Board board,
        Clock clock,
        Executor mayBlock,
        SSLSocketFactory tls,
        Duration answerPatience,
        int speed) {}
