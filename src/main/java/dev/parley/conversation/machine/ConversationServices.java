package dev.parley.conversation.machine;

import dev.parley.conversation.event.ConversationEvent;
import dev.parley.gemini.live.LiveUpstream;
import dev.parley.gemini.settings.LiveDefaults;
import dev.parley.limits.Admission;
import dev.parley.media.AudioDecoders;
import dev.parley.shared.execution.Timers;
import dev.parley.tools.call.ToolRoom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What every conversation uses.
 *
 * @param decoders audio in
 * @param upstream the way to the model
 * @param defaults what may be chosen, and what is used when nothing is
 * @param admission the way to a slot
 * @param tools what the model may be offered, and what runs it
 * @param threads runs mailboxes
 * @param timers deadlines
 * @param clock for deadlines and reports
 * @param resumeTime how long a client that was lost is waited for; zero: not at all
 * @param events told what happens, in the mailbox: must hand over at once
 */
public record ConversationServices(
        AudioDecoders decoders,
        LiveUpstream upstream,
        LiveDefaults defaults,
        Admission admission,
        ToolRoom tools,
        Executor threads,
        Timers timers,
        Clock clock,
        Duration resumeTime,
        Consumer<ConversationEvent> events) {
    /** The same with another way to a slot. */
    public ConversationServices admittedBy(Admission other) {
        return new ConversationServices(
                decoders, upstream, defaults, other, tools, threads, timers, clock, resumeTime, events);
    }
}
