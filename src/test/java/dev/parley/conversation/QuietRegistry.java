package dev.parley.conversation;

import dev.parley.conversation.machine.ConversationServices;
import dev.parley.limits.Admission;
import dev.parley.testkit.ManualTime;
import dev.parley.tools.call.ToolRoom;
import dev.parley.tools.offer.Toolbox;
import dev.parley.tools.run.CallSettings;
import dev.parley.tools.run.CallThreads;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A registry whose conversations never reach an upstream; mailboxes run on the thread of whoever posts. */
public final class QuietRegistry {
    private QuietRegistry() {}

    /** With these slots. */
    public static ConversationRegistry with(Admission admission, ManualTime time) {
        return new ConversationRegistry(
                new ConversationServices(
                        TestServices.decoders(),
                        (request, listener) -> {
                            throw new AssertionError("nobody dials");
                        },
                        TestServices.defaults(),
                        admission,
                        new ToolRoom(
                                new Toolbox(List.of(), true, Set.of()),
                                new CallThreads(Runnable::run, time, CallSettings.read(TestServices.reader()))),
                        Runnable::run,
                        time,
                        time,
                        Duration.ZERO,
                        event -> {}),
                1000);
    }
}
