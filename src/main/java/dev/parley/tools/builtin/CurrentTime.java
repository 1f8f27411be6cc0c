package dev.parley.tools.builtin;

import dev.parley.tools.Param;
import dev.parley.tools.Tool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** Models do not know what time it is. */
@ApplicationScoped
public class CurrentTime {
    private final Clock clock;

    /** For CDI's client proxy only. */
    protected CurrentTime() {
        this(Clock.tickMillis(ZoneId.of("UTC")));
    }

    /** Asks this clock. */
    @Inject
    public CurrentTime(Clock clock) {
        this.clock = clock;
    }

    /**
     * Date and time somewhere.
     *
     * @param zone such as {@code Europe/Zurich}
     * @param dateTime ISO 8601 with the offset, to the second
     * @param weekday in English
     */
    public record Now(String zone, String dateTime, String weekday) {}

    /** Date and time in a zone; without one, in the server's. */
    @Tool(
            name = "current_time",
            title = "clock",
            value =
                    "Tells the current date, time of day and weekday in a time zone. Use it whenever the answer depends on"
                            + " today's date or on what time it is.")
    public Now currentTime(
            @Param("Where: an IANA time zone such as Europe/Zurich. Left out: where this service runs.")
                    Optional<ZoneId> zone) {
        ZonedDateTime now =
                clock.instant().atZone(zone.orElseGet(ZoneId::systemDefault)).truncatedTo(ChronoUnit.SECONDS);
        return new Now(
                now.getZone().getId(),
                now.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME),
                now.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
    }
}
