package dev.parley.tools.builtin;

import dev.parley.tools.LiveConversation;
import dev.parley.tools.Tool;
import dev.parley.tools.Utterance;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;

/** Long conversations are compressed by the model's server; this brings back what was said, word for word. */
@ApplicationScoped
public class ConversationSummary {
    /**
     * What was said.
     *
     * @param conversation its id
     * @param said oldest first
     */
    public record Minutes(String conversation, List<Line> said) {}

    /**
     * One of the two spoke.
     *
     * @param speaker {@code person} or {@code model}
     * @param words as they were understood
     */
    public record Line(String speaker, String words) {}

    /** What was said so far. */
    @Tool(
            name = "conversation_summary",
            title = "what was said",
            value =
                    "Brings back, word for word, what the person and you have said in this conversation. Use it before you"
                            + " summarise the conversation, or when the person refers to something that you do not remember.")
    public Minutes summary(LiveConversation conversation) {
        return new Minutes(
                conversation.id(),
                conversation.said().stream().map(ConversationSummary::line).toList());
    }

    private static Line line(Utterance utterance) {
        return new Line(utterance.speaker().name().toLowerCase(Locale.ROOT), utterance.text());
    }
}
