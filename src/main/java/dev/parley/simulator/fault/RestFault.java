package dev.parley.simulator.fault;

import dev.parley.simulator.protocol.Refusal;
import dev.parley.simulator.protocol.WireFault;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** The REST errors that a client can ask for, by the Live side's word where that has one. */
public enum RestFault {
    /** A key that does not exist. */
    BAD_KEY("bad-key", command -> GoogleError.badKey()),
    /** No key at all. */
    NO_KEY("no-key", command -> GoogleError.denied(WireFault.NO_KEY.refusal().reason())),
    /** A key that may not do this. */
    DENIED("denied", command -> GoogleError.denied("The caller does not have permission")),
    /** A model that does not exist. */
    UNKNOWN_MODEL("unknown-model", command -> GoogleError.unknownModel("gemini-0-none", "v1beta", "generateContent")),
    /** A field that does not exist. */
    UNKNOWN_FIELD("unknown-field", command -> GoogleError.invalid(Refusal.unknownName("bogusField", "contents[0]"))),
    /** A request that makes no sense. */
    INVALID_ARGUMENT(
            "invalid",
            command -> GoogleError.invalid(WireFault.INVALID_ARGUMENT.refusal().reason())),
    /** A request that makes no sense now. */
    PRECONDITION(
            "precondition",
            command -> GoogleError.precondition(WireFault.PRECONDITION.refusal().reason())),
    /** A recording of a type that is not taken. */
    UNSUPPORTED("unsupported", command -> GoogleError.invalid("Unsupported MIME type: audio/webm")),
    /** A request of more bytes than are taken. */
    TOO_LARGE("too-large", command -> tooLarge(104_857_600)),
    /** The quota is used up; the command's text says how many seconds to wait, two without one. */
    QUOTA("quota", command -> GoogleError.quota("GenerateRequestsPerMinutePerProjectPerModel", wait(command))),
    /** A fault of the server. */
    INTERNAL("internal", command -> GoogleError.internal()),
    /** Too many others. */
    UNAVAILABLE("unavailable", command -> GoogleError.unavailable()),
    /** The server took too long. */
    DEADLINE("deadline", command -> GoogleError.deadline());

    private static final Duration USUAL_WAIT = Duration.ofSeconds(2);

    private final String word;

    @SuppressWarnings("ImmutableEnumChecker") // stateless lambdas
    private final Function<FaultCommand, GoogleError> error;

    RestFault(String word, Function<FaultCommand, GoogleError> error) {
        this.word = word;
        this.error = error;
    }

    /** The fault that {@code word} asks for. */
    public static Optional<RestFault> named(String word) {
        return Arrays.stream(values()).filter(fault -> fault.word.equals(word)).findFirst();
    }

    /** What asks for it, as in {@code /simulate unavailable 2}. */
    public String word() {
        return word;
    }

    /** The answer to throw. */
    public GoogleError error(FaultCommand command) {
        return error.apply(command);
    }

    /** A body of more bytes than are taken. */
    public static GoogleError tooLarge(long limit) {
        return GoogleError.invalid("Request payload size exceeds the limit: " + limit
                + " bytes. Please use the Files API (/upload/v1beta/files) to upload larger files.");
    }

    private static Duration wait(FaultCommand command) {
        String seconds = command.text().replaceFirst("(?s)\\s.*", "").replaceFirst("s$", "");
        return seconds.matches("\\d{1,5}") ? Duration.ofSeconds(Long.parseLong(seconds)) : USUAL_WAIT;
    }
}
