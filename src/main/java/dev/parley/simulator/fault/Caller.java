package dev.parley.simulator.fault;

import dev.parley.shared.settings.Secret;
import dev.parley.simulator.protocol.ClientMessage.Dialect;
import dev.parley.simulator.protocol.Refusal;
import dev.parley.simulator.protocol.WireFault;
import dev.parley.simulator.setup.Handshake;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who sent a REST request.
 *
 * @param version of the API: {@code v1}, {@code v1beta}, {@code v1alpha}
 * @param key what it came with; files belong to it
 * @param commands the faults that the key asks for
 */
public record Caller(String version, Secret key, List<FaultCommand> commands) {
    /** What commands for one kind of request begin with; those without are for {@code generateContent}. */
    public enum Scope {
        /** Answers. */
        GENERATE(""),
        /** Beginnings of uploads. */
        UPLOAD("upload-"),
        /** Bytes of uploads. */
        BYTES("bytes-"),
        /** Files that were uploaded. */
        FILES("files-"),
        /** The list of models. */
        MODELS("models-");

        private final String prefix;

        Scope(String prefix) {
            this.prefix = prefix;
        }
    }

    /** Checks the key as Google does, or throws its {@link GoogleError}. */
    public static Caller authenticated(String version, Optional<Secret> credential) {
        Handshake handshake = new Handshake(version, Dialect.DEVELOPER, false, credential);
        try {
            handshake.authenticate();
        } catch (Refusal refusal) {
            String reason = refusal.reason();
            throw reason.equals(WireFault.BAD_KEY.refusal().reason())
                    ? GoogleError.badKey()
                    : GoogleError.denied(reason);
        }
        return new Caller(version, credential.orElseThrow(), List.copyOf(FaultCommand.in("", handshake.commands())));
    }

    /** As Vertex AI checks an access token. */
    public static Caller ofVertex(String version, Optional<Secret> token, Instant now) {
        if (!Handshake.isGoodToken(token, now)) {
            throw GoogleError.unauthenticated();
        }
        Handshake handshake = new Handshake(version, Dialect.VERTEX, false, token);
        return new Caller(version, token.orElseThrow(), List.copyOf(FaultCommand.in("", handshake.commands())));
    }

    /** The key's commands for this kind of request, without their prefix. */
    public List<FaultCommand> commands(Scope scope) {
        return commands.stream()
                .filter(command -> command.word().startsWith(scope.prefix))
                .map(command -> new FaultCommand(
                        command.after(),
                        command.word().substring(scope.prefix.length()),
                        command.number(),
                        command.text()))
                .toList();
    }

    /** Throws the error that the key asks for now, if any. */
    public void fail(Scope scope, FaultPlans plans) {
        List<FaultCommand> failures = commands(scope).stream()
                .filter(command -> RestFault.named(command.word()).isPresent())
                .toList();
        Optional<FaultCommand> due = plans.next(scope.name(), key, failures);
        if (due.isPresent()) {
            throw RestFault.named(due.get().word()).orElseThrow().error(due.get());
        }
    }
}
