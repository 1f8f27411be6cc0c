package dev.parley.gemini.rest.wire;

import dev.parley.gemini.rest.http.CallBody;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Collections;
import java.util.List;

/** The body of {@code generateContent}: JSON around a recording that is read and encoded while it is sent. */
public final class QuestionBody {
    private QuestionBody() {}

    /** The body; opened for each try, it reads the file anew. */
    public static CallBody of(Question question) {
        String head = "{\"contents\":[{\"role\":\"user\",\"parts\":["
                + question.prompt().map(text -> text(text) + ",").orElse("");
        String tail = "]}]" + settings(question) + "}";
        if (question.recording() instanceof Question.Inline inline) {
            byte[] before = bytes(head + "{\"inlineData\":{\"mimeType\":" + quoted(inline.mimeType()) + ",\"data\":\"");
            byte[] after = bytes("\"}}" + tail);
            return new CallBody(
                    () -> sequence(
                            new ByteArrayInputStream(before),
                            new Base64Stream(Files.newInputStream(inline.file())),
                            new ByteArrayInputStream(after)),
                    before.length + Base64Stream.length(inline.bytes()) + after.length);
        }
        Question.Uploaded uploaded = (Question.Uploaded) question.recording();
        return CallBody.of(head + "{\"fileData\":{\"mimeType\":" + quoted(uploaded.mimeType()) + ",\"fileUri\":"
                + quoted(uploaded.uri()) + "}}" + tail);
    }

    private static String settings(Question question) {
        if (question.transcribes()) {
            JsonObjectBuilder config = Json.createObjectBuilder();
            question.language()
                    .ifPresent(language -> config.add(
                            "languageCodes", Json.createArrayBuilder().add(language)));
            return ",\"generationConfig\":"
                    + Json.createObjectBuilder()
                            .add("audioTranscriptionConfig", config)
                            .build();
        }
        return question.language()
                .map(language -> ",\"systemInstruction\":{\"parts\":["
                        + text("Answer in the language whose BCP 47 tag is " + language + ".") + "]}")
                .orElse("");
    }

    private static InputStream sequence(InputStream... parts) {
        return new SequenceInputStream(Collections.enumeration(List.of(parts)));
    }

    private static String text(String text) {
        return "{\"text\":" + quoted(text) + "}";
    }

    private static String quoted(String text) {
        return Json.createValue(text).toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
