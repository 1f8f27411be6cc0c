package example.restaurant;

import dev.parley.tools.Caller;
import dev.parley.tools.LiveConversation;
import dev.parley.tools.Param;
import dev.parley.tools.Tool;
import dev.parley.tools.ToolException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the model can do in a restaurant. */
@ApplicationScoped
public class RestaurantTools {
    /** Where to sit. */
    public enum Area {
        INSIDE,
        TERRACE
    }

    /** Who comes. */
    public record Guest(
            @Param("The name the table is kept under.") @NotBlank
            String name,

            @Param("Where the confirmation goes.") Optional<@Email String> email) {}

    /** A table that is taken. */
    public record Booking(LocalDate day, LocalTime time, int persons, Area area, String name, String conversation) {}

    private final List<Booking> bookings = new CopyOnWriteArrayList<>();

    @Tool("Lists the times at which a table is free. Use it before you propose a time.")
    public List<LocalTime> freeTimes(
            @Param("The day, as the person means it; ask if it is not clear.") LocalDate day,
            @Param("How many come.") @Min(1) @Max(12) int persons) {
        List<LocalTime> times = new ArrayList<>(List.of(LocalTime.of(18, 0), LocalTime.of(20, 30)));
        bookings.stream()
                .filter(booking -> booking.day().equals(day))
                .map(Booking::time)
                .forEach(times::remove);
        return times;
    }

    @Tool(
            name = "book_table",
            title = "table booking",
            confirm = true,
            timeLimitSeconds = 10,
            value = "Books a table. Ask for the name first; never make one up.")
    public Booking book(
            LocalDate day,
            LocalTime time,
            @Min(1) @Max(12) int persons,
            @Param("Left out: inside.") Optional<Area> area,
            Guest guest,
            LiveConversation conversation) {
        if (!freeTimes(day, persons).contains(time)) {
            throw new ToolException("There is no free table at " + time + "; offer one of freeTimes.");
        }
        Booking booking = new Booking(day, time, persons, area.orElse(Area.INSIDE), guest.name(), conversation.id());
        bookings.add(booking);
        return booking;
    }

    @Tool("Lists all bookings of a day.")
    @RolesAllowed("staff")
    public List<Booking> bookings(LocalDate day, Caller caller) {
        return bookings.stream().filter(booking -> booking.day().equals(day)).toList();
    }
}
