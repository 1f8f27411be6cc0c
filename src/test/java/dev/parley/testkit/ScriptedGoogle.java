package dev.parley.testkit;

import dev.parley.testkit.ScriptedRestServer.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Ready-made answers in Google's shapes. */
public final class ScriptedGoogle implements ScriptedRestServer.Script {
    /** Two deltas, a thought between them, and the numbers at the end. */
    public static final List<String> ANSWER = List.of(
            "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"Grüße \"}]}}],"
                    + "\"usageMetadata\":{\"promptTokenCount\":40,\"totalTokenCount\":40}}",
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"hm\",\"thought\":true},{\"text\":\"aus Köln 😀\"}]},"
                    + "\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":40,\"candidatesTokenCount\":2,"
                    + "\"totalTokenCount\":42,\"promptTokensDetails\":[{\"modality\":\"AUDIO\",\"tokenCount\":32}]}}");

    /** Known at {@code GET models}. */
    public static final String MODELS =
            "{\"models\":[{\"name\":\"models/gemini-3.8-flash\",\"displayName\":\"Flash of today\","
                    + "\"supportedGenerationMethods\":[\"generateContent\"]},"
                    + "{\"name\":\"models/gemini-3.5-transcribe\",\"supportedGenerationMethods\":[\"generateContent\"]},"
                    + "{\"name\":\"models/gemini-3.8-live\",\"supportedGenerationMethods\":[\"bidiGenerateContent\"]}]}";

    private final AtomicInteger files = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();

    @Override
    public void answer(Answer answer) throws IOException {
        String target = answer.request().target();
        String method = answer.request().method();
        if (target.contains(":streamGenerateContent")) {
            try (OutputStream out = answer.events()) {
                for (String event : ANSWER) {
                    out.write(("data: " + event + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
                    out.flush();
                }
            }
        } else if (target.contains(":generateContent")) {
            answer.json(200, "[" + String.join(",", ANSWER) + "]");
        } else if (target.contains("/models")) {
            answer.json(200, MODELS);
        } else if (target.startsWith("/upload/v1beta/files")) {
            upload(answer);
        } else if (method.equals("GET") && target.startsWith("/v1beta/files/")) {
            answer.json(200, file(answer, looks.incrementAndGet() < 2 ? "PROCESSING" : "ACTIVE"));
        } else if (method.equals("DELETE") && target.startsWith("/v1beta/files/")) {
            answer.json(200, "{}");
        } else {
            answer.json(404, error(404, "NOT_FOUND", "No such path", ""));
        }
    }

    /** The resumable protocol; the file is not ready before the second look. */
    private void upload(Answer answer) throws IOException {
        String command = answer.request().header("X-Goog-Upload-Command");
        if (command.equals("start")) {
            answer.exchange()
                    .getResponseHeaders()
                    .set(
                            "X-Goog-Upload-URL",
                            answer.server() + "/upload/v1beta/files?upload_id=u" + files.incrementAndGet());
            answer.send(200, "text/plain", "");
        } else if (command.contains("finalize")) {
            looks.set(0);
            answer.json(200, "{\"file\":" + file(answer, "PROCESSING") + "}");
        } else {
            answer.send(200, "text/plain", "");
        }
    }

    private static String file(Answer answer, String state) {
        return "{\"name\":\"files/f-1\",\"uri\":\"" + answer.server() + "/v1beta/files/f-1\",\"state\":\"" + state
                + "\",\"mimeType\":\"audio/wav\"}";
    }

    /** An error in Google's shape; {@code details} is JSON or empty. */
    public static String error(int code, String status, String message, String details) {
        return "{\"error\":{\"code\":" + code + ",\"message\":\"" + message + "\",\"status\":\"" + status + "\""
                + (details.isEmpty() ? "" : ",\"details\":[" + details + "]") + "}}";
    }
}
