package dev.parley.gemini.protocol;

import dev.parley.gemini.live.LiveEvent;
import dev.parley.gemini.live.UpstreamCounters;
import dev.parley.gemini.message.ServerMessage;
import dev.parley.gemini.message.TokenCounts;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server message as events: every member, what was said before what happened, usage before the end of its turn. One
 * per connection, one thread at a time.
 */
final class EventTranslator {
    private static final List<String> KNOWN = List.of(
            "setupComplete",
            "serverContent",
            "toolCall",
            "toolCallCancellation",
            "goAway",
            "sessionResumptionUpdate",
            "voiceActivity",
            "voiceActivityDetectionSignal",
            "usageMetadata");
    private static final Pattern RATE = Pattern.compile("rate=(\\d{4,6})");
    private static final int DEFAULT_RATE = 24_000;

    private final UpstreamCounters counters;
    private final Consumer<LiveEvent> sink;
    private boolean speaking;

    EventTranslator(UpstreamCounters counters, Consumer<LiveEvent> sink) {
        this.counters = counters;
        this.sink = sink;
    }

    /** Gives the message's events to the sink. */
    void translate(ServerMessage message) {
        if (!message.hasAnyOf(KNOWN)) {
            if (!message.isEmpty()) {
                counters.countUnknown();
            }
            return;
        }
        if (message.has("setupComplete")) {
            sink.accept(new LiveEvent.Ready());
        }
        ServerMessage content = message.object("serverContent");
        boolean speechBegins =
                speech(message, "ACTIVITY_START", "VAD_SIGNAL_TYPE_SOS") || turnsTo(content, "SPEECH", !speaking);
        boolean speechEnds =
                speech(message, "ACTIVITY_END", "VAD_SIGNAL_TYPE_EOS") || turnsTo(content, "NON_SPEECH", speaking);
        speaking = speechBegins || (speaking && !speechEnds);
        if (speechBegins) {
            sink.accept(new LiveEvent.SpeechStarted(at(message)));
        }
        words(content);
        tools(message);
        if (speechEnds) {
            sink.accept(new LiveEvent.SpeechEnded(at(message)));
        }
        if (message.has("usageMetadata")) {
            sink.accept(usage(message.object("usageMetadata")));
        }
        flags(message, content);
        if (message.has("sessionResumptionUpdate")) {
            ServerMessage update = message.object("sessionResumptionUpdate");
            sink.accept(new LiveEvent.ResumptionHandle(
                    update.flag("resumable") ? update.text("newHandle") : Optional.empty()));
        }
        if (message.has("goAway")) {
            // A Duration of zero is left out by proto3 JSON: no time is left.
            sink.accept(new LiveEvent.GoAway(
                    message.object("goAway").duration("timeLeft").orElse(Duration.ZERO)));
        }
    }

    private void words(ServerMessage content) {
        content.object("interimInputTranscription")
                .text("text")
                .ifPresent(text -> sink.accept(new LiveEvent.InputPreview(text)));
        content.object("inputTranscription")
                .text("text")
                .ifPresent(text -> sink.accept(new LiveEvent.InputTranscript(text)));
        content.object("modelTurn").objects("parts").forEach(this::part);
        content.object("outputTranscription")
                .text("text")
                .ifPresent(text -> sink.accept(new LiveEvent.OutputTranscript(text)));
        sources(content);
    }

    /** Chunks of other kinds, such as places, have no page to show. */
    private void sources(ServerMessage content) {
        if (!content.has("groundingMetadata")) { // most messages carry sound
            return;
        }
        ServerMessage grounding = content.object("groundingMetadata");
        List<LiveEvent.Source> pages = grounding
                .objects("groundingChunks")
                .map(chunk -> chunk.object("web"))
                .filter(web -> web.has("uri"))
                .map(web -> new LiveEvent.Source(
                        web.text("title").orElse(""), web.text("uri").orElse("")))
                .toList();
        Optional<String> suggestions = grounding.object("searchEntryPoint").text("renderedContent");
        if (!pages.isEmpty() || suggestions.isPresent()) {
            sink.accept(new LiveEvent.Sources(pages, suggestions));
        }
    }

    private static Optional<Duration> at(ServerMessage message) {
        return message.object("voiceActivity").duration("audioOffset");
    }

    private void part(ServerMessage part) {
        if (part.flag("thought")) {
            return;
        }
        part.text("text").ifPresent(text -> sink.accept(new LiveEvent.ModelText(text)));
        ServerMessage blob = part.object("inlineData");
        String mimeType = blob.text("mimeType").orElse("");
        Optional<String> data = blob.text("data");
        if (data.isEmpty()) {
            return;
        }
        if (!mimeType.startsWith("audio/")) {
            counters.countUnknown();
            return;
        }
        try {
            byte[] pcm = decode(data.get());
            // Half a sample would shift every sample after it.
            sink.accept(new LiveEvent.ModelAudio(ByteBuffer.wrap(pcm, 0, pcm.length & ~1), rate(mimeType)));
        } catch (IllegalArgumentException notBase64) {
            counters.countUnreadable();
        }
    }

    private void tools(ServerMessage message) {
        List<LiveEvent.ToolCall> calls = message.object("toolCall")
                .objects("functionCalls")
                .filter(call -> call.has("name"))
                .map(call -> new LiveEvent.ToolCall(
                        call.text("id").filter(id -> !id.isEmpty()).orElseGet(ToolAnswers::ownId),
                        call.text("name").orElse(""),
                        call.json("args")))
                .toList();
        if (!calls.isEmpty()) {
            sink.accept(new LiveEvent.ToolCalls(calls));
        }
        List<String> cancelled =
                message.object("toolCallCancellation").texts("ids").toList();
        if (!cancelled.isEmpty()) {
            sink.accept(new LiveEvent.ToolCallsCancelled(cancelled));
        }
    }

    private void flags(ServerMessage message, ServerMessage content) {
        if (content.flag("interrupted")) {
            sink.accept(new LiveEvent.Interrupted());
        }
        if (content.flag("generationComplete")) {
            sink.accept(new LiveEvent.GenerationComplete());
        }
        if (content.flag("turnComplete")) {
            String status = content.text("interactionStatus")
                    .or(() -> message.text("interactionStatus"))
                    .orElse("IDLE");
            sink.accept(new LiveEvent.TurnComplete(content.text("turnCompleteReason"), !status.equals("IN_PROGRESS")));
        }
    }

    private static boolean speech(ServerMessage message, String activity, String signal) {
        ServerMessage voice = message.object("voiceActivity");
        return voice.text("type")
                        .or(() -> voice.text("voiceActivityType"))
                        .filter(activity::equals)
                        .isPresent()
                || message.object("voiceActivityDetectionSignal")
                        .text("vadSignalType")
                        .filter(signal::equals)
                        .isPresent();
    }

    /** Vertex AI tells a state, again and again; it is news when it changes. */
    private static boolean turnsTo(ServerMessage content, String state, boolean news) {
        return news && content.text("speechState").filter(state::equals).isPresent();
    }

    private static LiveEvent.Usage usage(ServerMessage usage) {
        TokenCounts counts = TokenCounts.read(usage);
        return new LiveEvent.Usage(
                counts.prompt(),
                counts.response(),
                counts.total(),
                counts.promptByModality(),
                counts.responseByModality());
    }

    private static byte[] decode(String data) {
        boolean urlSafe = data.indexOf('-') >= 0 || data.indexOf('_') >= 0;
        return (urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(data);
    }

    private static int rate(String mimeType) {
        if (mimeType.equals("audio/pcm;rate=24000")) {
            return DEFAULT_RATE;
        }
        Matcher rate = RATE.matcher(mimeType);
        return rate.find() ? Integer.parseInt(rate.group(1)) : DEFAULT_RATE;
    }
}
