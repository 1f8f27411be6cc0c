package dev.parley.security.oidc;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;

/** What a person reads who did not get in: a sentence, and the way to try again. */
final class Farewells {
    private Farewells() {}

    /**
     * Answers with a page.
     *
     * @param sentence plain text
     * @param again where the sign-in begins
     */
    static void write(HttpServletResponse response, int status, String sentence, URI again) throws IOException {
        response.setStatus(status);
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter()
                .print(
                        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Parley</title><h1>Parley</h1><p>"
                                + escaped(sentence) + "</p><p><a href=\"" + escaped(again.toString())
                                + "\">Try again</a></p>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
