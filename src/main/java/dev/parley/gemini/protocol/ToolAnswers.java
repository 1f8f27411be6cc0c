package dev.parley.gemini.protocol;

import dev.parley.gemini.live.LiveFunction;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.gemini.message.tool.ToolResponseMessage;
import dev.parley.gemini.message.tool.ToolResponseMessage.FunctionResponse;
import dev.parley.gemini.settings.ModelTable;
import dev.parley.gemini.settings.ModelTraits;
import dev.parley.gemini.settings.ModelTraits.Feature;
import java.util.Optional;
import java.util.UUID;

/** Answers to calls, with a schedule only where it is allowed: a model that waits, or knows none, closes on it. */
public final class ToolAnswers {
    /** What our own ids begin with; Google's are random and have no colon. */
    private static final String OWN = "parley:";

    private ToolAnswers() {}

    /** An id for a call that came without one, as on Vertex AI with older models: told apart here, not told there. */
    static String ownId() {
        return OWN + UUID.randomUUID();
    }

    /** The message for one answer in the session that {@code request} asked for. */
    public static ToolResponseMessage message(LiveRequest request, LiveFunction.Answer answer) {
        ModelTraits model = ModelTable.traits(request.model());
        boolean waited = request.functions().stream()
                .filter(function -> function.name().equals(answer.name()))
                .map(LiveFunction::blocking)
                .findFirst()
                .orElse(true);
        boolean scheduled = !waited && model.takes(Feature.SCHEDULING) && model.takes(Feature.ASYNC_FUNCTIONS);
        return ToolResponseMessage.of(new FunctionResponse(
                Optional.of(answer.id()).filter(id -> !id.startsWith(OWN)),
                answer.name(),
                answer.response(),
                scheduled ? Optional.of(answer.when().name()) : Optional.empty()));
    }
}
