package dev.parley.simulator.session;

import dev.parley.shared.settings.Secret;
import dev.parley.simulator.line.Outbox;
import dev.parley.simulator.protocol.ServerFrames;
import dev.parley.simulator.session.Resumptions.Held;
import dev.parley.simulator.session.Resumptions.Owner;
import dev.parley.simulator.setup.SessionSetup.Resumption;
import dev.parley.simulator.turn.ContextMeter;
import java.util.Optional;
import java.util.OptionalLong;

/** Tells a client that asked for it the handles of its session. Serial order of the session. */
final class HandleTeller {
    private final Optional<Resumption> wish;
    private final Resumptions resumptions;
    private final Owner owner;
    private final Optional<Secret> credential;
    private final ContextMeter context;
    private final Outbox outbox;
    private long consumed;

    HandleTeller(
            Optional<Resumption> wish,
            Resumptions resumptions,
            Owner owner,
            Optional<Secret> credential,
            ContextMeter context,
            Outbox outbox) {
        this.wish = wish;
        this.resumptions = resumptions;
        this.owner = owner;
        this.credential = credential;
        this.context = context;
        this.outbox = outbox;
    }

    /** One more client message was taken, the setup not counted. */
    void consumed() {
        consumed++;
    }

    /** Gives a new handle, or tells that the session cannot be resumed right now. */
    void tell(boolean resumable) {
        if (wish.isPresent()) {
            Optional<String> handle = resumable
                    ? Optional.of(resumptions.keep(new Held(context.snapshot(), owner), credential))
                    : Optional.empty();
            boolean counted = wish.get().transparent();
            outbox.send(ServerFrames.resumption(handle, counted ? OptionalLong.of(consumed) : OptionalLong.empty()));
        }
    }
}
