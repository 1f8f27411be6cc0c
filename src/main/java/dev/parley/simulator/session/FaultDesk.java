package dev.parley.simulator.session;

import dev.parley.simulator.fault.FaultCommand;
import dev.parley.simulator.line.Outbox;
import dev.parley.simulator.line.SerialTimers;
import dev.parley.simulator.protocol.Refusal;
import dev.parley.simulator.protocol.ServerFrames;
import dev.parley.simulator.protocol.WireFault;
import dev.parley.simulator.turn.Turns;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Does what {@link FaultCommand}s ask for. {@code docs/simulator.md} lists them. Serial order of the session. */
final class FaultDesk {
    private static final String DELAY_SETUP = "delay-setup";
    private static final String NO_SETUP = "no-setup";
    private static final List<Integer> RESERVED_CODES = List.of(1004, 1005, 1006);
    private static final int MAX_TIMERS = 100;
    private static final int MAX_FRAME_KIBIBYTES = 4096;
    private static final String WORDS = "close CODE [REASON], drop, goaway [SECONDS], stall [SECONDS], silence [TURNS],"
            + " delay [SECONDS], interrupted, no-turn-complete [TURNS], late-transcripts, unknown-frame, garbage,"
            + " big-frame [KIB], text-frames, binary-frames, fractions, cancel-tools, forget-handles, "
            + Arrays.stream(WireFault.values()).map(WireFault::word).collect(Collectors.joining(", "));

    private final SimulatedSession session;
    private final Outbox outbox;
    private final SerialTimers timers;
    /** Once the session lives. */
    private @Nullable LiveInput live;

    FaultDesk(SimulatedSession session, Outbox outbox, SerialTimers timers) {
        this.session = session;
        this.outbox = outbox;
        this.timers = timers;
    }

    void attach(LiveInput input) {
        live = input;
    }

    /** Commands that end the session before it is set up. */
    void refuseSetup(List<FaultCommand> commands) {
        for (FaultCommand command : commands) {
            if (command.after().isZero()) {
                closing(command).ifPresent(refusal -> {
                    throw refusal;
                });
            }
        }
    }

    /** How much later setupComplete comes. */
    static Duration setupDelay(List<FaultCommand> commands) {
        return commands.stream()
                .filter(command -> command.word().equals(DELAY_SETUP))
                .map(command -> command.seconds(5))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Whether setupComplete never comes. */
    static boolean neverCompletes(List<FaultCommand> commands) {
        return commands.stream().anyMatch(command -> command.word().equals(NO_SETUP));
    }

    /** Does it, now or when its time has come. */
    void apply(FaultCommand command) {
        LiveInput input = live;
        if (!command.after().isZero()) {
            if (timers.pending() < MAX_TIMERS) {
                timers.after(command.after(), () -> apply(command.now()));
            }
        } else if (closing(command).isPresent()) {
            session.end(closing(command).get());
        } else if (input != null && !toLine(command) && !toTurns(command, input)) {
            input.say("/simulate knows: " + WORDS + ".");
        }
    }

    private static Optional<Refusal> closing(FaultCommand command) {
        return switch (command.word()) {
            case "drop" -> Optional.of(new Refusal(1000, ""));
            case "close" -> {
                int code = command.count(1011);
                boolean sendable = (code >= 1000 && code <= 1014 && !RESERVED_CODES.contains(code))
                        || (code >= 3000 && code <= 4999);
                yield sendable ? Optional.of(new Refusal(code, command.text())) : Optional.empty();
            }
            default -> WireFault.named(command.word()).map(WireFault::refusal);
        };
    }

    private boolean toLine(FaultCommand command) {
        switch (command.word()) {
            case "goaway" -> session.goAway(command.seconds(5));
            case "stall" -> outbox.stall(command.seconds(10));
            case "unknown-frame" -> outbox.send("{\"futureThing\":{\"value\":1}}");
            case "garbage" -> outbox.send("\u0000this is {no JSON");
            case "big-frame" -> {
                int kibibytes = Math.min(MAX_FRAME_KIBIBYTES, command.count(100));
                outbox.send(ServerFrames.audio(new byte[kibibytes * 1024]));
            }
            case "text-frames" -> outbox.useTextFrames(true);
            case "binary-frames" -> outbox.useTextFrames(false);
            case "forget-handles" -> session.forgetHandles();
            case DELAY_SETUP, NO_SETUP -> {
                // for the setup only, and done there
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean toTurns(FaultCommand command, LiveInput input) {
        Turns turns = input.turns();
        switch (command.word()) {
            case "silence" -> turns.caprices().keepSilent(command.count(1));
            case "delay" -> turns.caprices().delayBy(command.seconds(2));
            case "no-turn-complete" -> turns.caprices().loseTurnComplete(command.count(1));
            case "late-transcripts" -> turns.caprices().sendTranscriptsLate(true);
            case "cancel-tools" -> turns.cancelTools();
            case "fractions" -> input.captions().useFractions(true);
            case "interrupted" -> {
                if (turns.isSpeaking()) {
                    turns.interrupt();
                } else {
                    outbox.send(ServerFrames.INTERRUPTED);
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }
}
