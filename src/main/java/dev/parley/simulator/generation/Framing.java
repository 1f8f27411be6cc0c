package dev.parley.simulator.generation;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** How the pieces of an answer look on the wire. */
public enum Framing {
    /** {@code generateContent}: one object. */
    WHOLE("application/json; charset=UTF-8"),
    /** {@code streamGenerateContent}: one list, element by element. */
    LIST("application/json; charset=UTF-8"),
    /** {@code streamGenerateContent?alt=sse}: one event for each, with Google's CRLF. */
    EVENTS("text/event-stream");

    private final String contentType;

    Framing(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    /** Whether pieces come one after the other. */
    boolean streams() {
        return this != WHOLE;
    }

    /** The bytes of each piece; together they are the body. */
    List<byte[]> frame(List<JsonObject> pieces) {
        List<byte[]> framed = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            String json = pieces.get(i).toString();
            String text =
                    switch (this) {
                        case WHOLE -> json + "\n";
                        case EVENTS -> "data: " + json + "\r\n\r\n";
                        case LIST -> (i == 0 ? "[" : ",\r\n") + json + (i == pieces.size() - 1 ? "]\n" : "");
                    };
            framed.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return framed;
    }
}
