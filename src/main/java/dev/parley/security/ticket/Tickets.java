package dev.parley.security.ticket;

import dev.parley.security.SignedIn;
import dev.parley.shared.settings.SettingsReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Issues tickets and takes them back: 192 random bits each, good once, for a short time and for pages of one origin. A
 * ticket that is shown on a page of another origin is used up all the same. Thread safe.
 */
@ApplicationScoped
public class Tickets {
    private static final int BYTES = 24;
    private static final int LONGEST = 200;

    private final TicketStore store;
    private final Clock clock;
    private final Duration life;
    private final SecureRandom random = new SecureRandom();

    /** For CDI's client proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own fields are never read
    protected Tickets() {
        store = null;
        clock = null;
        life = null;
    }

    /** Reads {@code parley.security.ticket-time}. */
    @Inject
    public Tickets(SettingsReader settings, Clock clock) {
        this(
                new MemoryTicketStore(clock),
                clock,
                settings.duration(
                        "parley.security.ticket-time",
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(10)));
    }

    Tickets(TicketStore store, Clock clock, Duration life) {
        this.store = store;
        this.clock = clock;
        this.life = life;
    }

    /** How long each is good. */
    public Duration life() {
        return life;
    }

    /**
     * A new ticket; empty when too many are out.
     *
     * @param origin normalised
     */
    public Optional<String> issue(Optional<SignedIn> who, String origin) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Ticket ticket = new Ticket(who, origin, clock.instant().plus(life));
        return store.put(digest(text), ticket) ? Optional.of(text) : Optional.empty();
    }

    /**
     * Takes a ticket; empty when it is none, was used, is too old or another origin's.
     *
     * @param origin normalised
     */
    public Optional<Ticket> redeem(String text, String origin) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        return store.take(digest(text))
                .filter(ticket ->
                        ticket.origin().equals(origin) && clock.instant().isBefore(ticket.until()));
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java has SHA-256", missing);
        }
    }
}
