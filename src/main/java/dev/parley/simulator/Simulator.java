package dev.parley.simulator;

import dev.parley.shared.execution.Timers;
import dev.parley.shared.settings.SettingsReader;
import dev.parley.shared.socket.CloseReasons;
import dev.parley.shared.socket.Wire;
import dev.parley.simulator.protocol.Refusal;
import dev.parley.simulator.protocol.WireFault;
import dev.parley.simulator.session.Resumptions;
import dev.parley.simulator.session.SimulatedSession;
import dev.parley.simulator.session.Surroundings;
import dev.parley.simulator.setup.Handshake;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** The simulator of this server: whether it is served, and its sessions, bounded in number. Any thread. */
@ApplicationScoped
public class Simulator {
    private final SimulatorSettings settings;
    private final Surroundings surroundings;
    private final Set<SimulatedSession> sessions = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();

    /** For CDI's client proxy only. */
    protected Simulator() {
        this(
                new SettingsReader(name -> Optional.empty()),
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
                (delay, task) -> () -> {},
                task -> {});
    }

    /** Reads its settings; nonsense in them stops the deployment. */
    @Inject
    public Simulator(SettingsReader settings, Clock clock, Timers timers, Executor threads) {
        this.settings = SimulatorSettings.read(settings);
        this.surroundings = new Surroundings(clock, timers, threads, new Resumptions(clock), this.settings.sessions());
    }

    /** Whether it is served here: when there is no key, unless configured otherwise. */
    public boolean isEnabled() {
        return settings.enabled();
    }

    /** Where this server shall dial it, when that is configured; such as {@code http://127.0.0.1:8080/parley}. */
    public Optional<URI> address() {
        return settings.address();
    }

    /** Longest client message in bytes. */
    public int maxMessageBytes() {
        return settings.sessions().maxMessageBytes();
    }

    /** For sessions and their sockets. */
    public Timers timers() {
        return surroundings.timers();
    }

    /** Connections at this moment. */
    public int openSessions() {
        return open.get();
    }

    /** Takes a connection; empty when there are too many, and then it is closed as Google closes over quota. */
    public Optional<SimulatedSession> take(Handshake handshake, Wire wire) {
        if (open.incrementAndGet() > settings.maxSessions()) {
            open.decrementAndGet();
            Refusal refusal = WireFault.QUOTA.refusal();
            wire.close(refusal.code(), CloseReasons.fit(refusal.reason()));
            return Optional.empty();
        }
        AtomicReference<SimulatedSession> self = new AtomicReference<>();
        SimulatedSession session = new SimulatedSession(handshake, wire, surroundings, () -> {
            open.decrementAndGet();
            sessions.remove(self.get());
        });
        self.set(session);
        sessions.add(session);
        session.open();
        return Optional.of(session);
    }

    /** Ends all sessions when the application stops. */
    @PreDestroy
    void stop() {
        sessions.forEach(SimulatedSession::shutDown);
    }
}
