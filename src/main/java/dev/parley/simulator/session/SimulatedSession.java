package dev.parley.simulator.session;

import dev.parley.shared.execution.SerialExecutor;
import dev.parley.shared.execution.Timers;
import dev.parley.shared.socket.OutboundQueue;
import dev.parley.shared.socket.Wire;
import dev.parley.simulator.fault.FaultCommand;
import dev.parley.simulator.line.Outbox;
import dev.parley.simulator.line.SerialTimers;
import dev.parley.simulator.protocol.ClientMessage;
import dev.parley.simulator.protocol.ClientMessage.Dialect;
import dev.parley.simulator.protocol.Refusal;
import dev.parley.simulator.protocol.ServerFrames;
import dev.parley.simulator.protocol.WireFault;
import dev.parley.simulator.session.Resumptions.Held;
import dev.parley.simulator.session.Resumptions.Owner;
import dev.parley.simulator.setup.Handshake;
import dev.parley.simulator.setup.SessionSetup;
import dev.parley.simulator.setup.SessionSetup.Oddity;
import dev.parley.simulator.setup.SetupReader;
import dev.parley.simulator.turn.ContextMeter;
import dev.parley.simulator.turn.ContextMeter.Snapshot;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the simulated Live API: waits for the setup, confirms it, lives, says goAway, ends. Public methods
 * may be called on any thread and return at once; everything else runs in the session's serial order. Whatever a
 * client sends, the answer is a frame or a close as Google's, never an exception.
 */
public final class SimulatedSession {
    private static final Logger LOG = System.getLogger(SimulatedSession.class.getName());
    private static final int MAX_OUTBOUND_BYTES = 1024 * 1024;
    private static final Duration WRITE_STALL = Duration.ofSeconds(30);
    private static final Duration SETUP_TIME = Duration.ofSeconds(60);
    /** WildFly drops a socket that is silent for 90 s. */
    private static final Duration PING_INTERVAL = Duration.ofSeconds(25);
    /** A resuming client may dial before its close of the old connection has arrived here. */
    private static final Duration HAND_OVER_GRACE = Duration.ofSeconds(1);

    private final Handshake handshake;
    private final Surroundings surroundings;
    private final Runnable ended;
    private final OutboundQueue queue;
    private final SerialExecutor serial;
    private final SerialTimers timers;
    private final Outbox outbox;
    private final FaultDesk faults;
    private final Owner owner = new Owner();
    private final Inbox inbox;
    private State state = State.AWAITING_SETUP;

    private @Nullable LiveInput input;
    private Timers.@Nullable Timer setupTimer;
    private Timers.@Nullable Timer goAwayTimer;

    private enum State {
        AWAITING_SETUP,
        /** The setup is taken and not yet confirmed: nothing may be sent. */
        SETTING_UP,
        LIVE,
        ENDED
    }

    /**
     * A session whose socket is open; {@link #open} starts it.
     *
     * @param ended told once, in the serial order, when the session needs nothing any more
     */
    public SimulatedSession(Handshake handshake, Wire wire, Surroundings surroundings, Runnable ended) {
        this.handshake = handshake;
        this.surroundings = surroundings;
        this.ended = ended;
        this.serial = new SerialExecutor(surroundings.threads(), this::failed);
        this.timers = new SerialTimers(surroundings.timers(), serial);
        this.queue = new OutboundQueue(
                wire, MAX_OUTBOUND_BYTES, WRITE_STALL, surroundings.timers(), cause -> disconnected());
        this.outbox = new Outbox(queue, timers, () -> end(WireFault.DEADLINE.refusal()));
        this.faults = new FaultDesk(this, outbox, timers);
        this.inbox = new Inbox(
                surroundings.limits().maxMessageBytes(), serial, frame -> guarded(() -> handle(frame)), this::end);
    }

    /** Checks the credential and waits for the setup. */
    public void open() {
        serial.execute(() -> {
            setupTimer = timers.after(SETUP_TIME, () -> end(WireFault.DEADLINE.refusal()));
            timers.after(PING_INTERVAL, this::ping);
            guarded(handshake::authenticate);
        });
    }

    /** Takes a client's text frame. */
    public void receive(String frame) {
        inbox.put(frame);
    }

    /** Takes a client's binary frame: JSON as well. */
    public void receive(ByteBuffer frame) {
        inbox.put(frame);
    }

    /** The socket is gone. */
    public void disconnected() {
        queue.discard();
        serial.execute(this::finish);
    }

    /** The server stops. */
    public void shutDown() {
        serial.execute(() -> end(new Refusal(1001, "Server going away")));
    }

    private void guarded(Runnable step) {
        if (state == State.ENDED) {
            return;
        }
        try {
            step.run();
        } catch (Refusal refusal) {
            end(refusal);
        }
    }

    /** In the serial order: a step threw what it should not. */
    private void failed(Throwable failure) {
        if (failure instanceof Refusal refusal) { // out of a timer's step
            end(refusal);
        } else {
            LOG.log(Level.WARNING, "A simulated session failed and was closed", failure);
            end(WireFault.INTERNAL.refusal());
        }
    }

    private void handle(String frame) {
        ClientMessage message = ClientMessage.read(frame, handshake.dialect());
        boolean setup = message.kind() == ClientMessage.Kind.SETUP;
        if (state == State.AWAITING_SETUP && setup) {
            setUp(SetupReader.read(message.body(), handshake));
        } else if (input != null && !setup) {
            input.take(message);
        } else {
            throw WireFault.INVALID_ARGUMENT.refusal();
        }
    }

    private void setUp(SessionSetup setup) {
        state = State.SETTING_UP;
        List<FaultCommand> commands = FaultCommand.in(setup.instruction(), handshake.commands());
        faults.refuseSetup(commands);
        Optional<Held> held = setup.resumption()
                .flatMap(SessionSetup.Resumption::handle)
                .map(handle -> surroundings.resumptions().find(handle, setup.account()));
        Duration delay = FaultDesk.setupDelay(commands);
        if (held.isPresent() && held.get().owner().isOpen()) {
            delay = delay.plus(HAND_OVER_GRACE);
        }
        if (setup.oddity() == Oddity.NEVER_COMPLETES || FaultDesk.neverCompletes(commands)) {
            return;
        }
        Runnable confirm = () -> {
            if (held.isPresent() && held.get().owner().isOpen()) {
                throw WireFault.INTERNAL.refusal();
            }
            confirm(setup, held.map(Held::state).orElse(Snapshot.NONE), commands);
        };
        if (delay.isZero()) {
            confirm.run();
        } else {
            timers.after(delay, confirm);
        }
    }

    private void confirm(SessionSetup setup, Snapshot start, List<FaultCommand> commands) {
        if (setupTimer != null) {
            setupTimer.cancel();
        }
        boolean vertex = handshake.dialect() == Dialect.VERTEX;
        ContextMeter meter =
                new ContextMeter(start, setup.compression(), setup.model().inputTokens(), vertex);
        meter.read(setup.instruction());
        HandleTeller handles =
                new HandleTeller(setup.resumption(), surroundings.resumptions(), owner, setup.account(), meter, outbox);
        state = State.LIVE;
        LiveInput live =
                new LiveInput(setup, vertex, outbox, timers, surroundings.clock(), meter, handles, faults::apply);
        input = live;
        faults.attach(live);
        outbox.send(ServerFrames.setupComplete(
                vertex ? Optional.of(UUID.randomUUID().toString()) : Optional.empty()));
        handles.tell(true);
        Duration time = surroundings.limits().connectionTime();
        goAwayTimer = timers.after(time, () -> goAway(surroundings.limits().goAwayTime()));
        commands.forEach(faults::apply);
    }

    /** Announces the end and brings it when the time is over. */
    void goAway(Duration time) {
        if (goAwayTimer != null) {
            goAwayTimer.cancel();
        }
        outbox.send(ServerFrames.goAway(time.toSeconds()));
        goAwayTimer = timers.after(time, () -> end(WireFault.OVERSTAYED.refusal()));
    }

    /** Makes the handles of this session worthless. */
    void forgetHandles() {
        surroundings.resumptions().forget(owner);
    }

    /** Closes the connection with what is queued sent first. */
    void end(Refusal refusal) {
        if (state != State.ENDED) {
            outbox.close(refusal.code(), refusal.reason());
            finish();
        }
    }

    private void finish() {
        if (state == State.ENDED) {
            return;
        }
        state = State.ENDED;
        owner.close();
        inbox.close();
        timers.close();
        if (setupTimer != null) {
            setupTimer.cancel();
        }
        if (goAwayTimer != null) {
            goAwayTimer.cancel();
        }
        input = null;
        ended.run();
    }

    private void ping() {
        queue.ping();
        timers.after(PING_INTERVAL, this::ping);
    }
}
