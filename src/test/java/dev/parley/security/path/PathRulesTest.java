package dev.parley.security.path;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each address needs, and that no other spelling of it leads anywhere. */
class PathRulesTest {
    @ParameterizedTest
    @CsvSource({
        "/, TALK",
        "/index.html, TALK",
        "/ws/audio-live, TALK",
        "/audio-stream, TALK",
        "/api/models, TALK",
        "/api/tickets, TALK",
        "/api/history/2026-11-24_aB3-x, TALK",
        "/api/session, EITHER",
        "/app/main.js, EITHER",
        "/app/audio/capture/pcm-capture-processor.js, EITHER",
        "/style/base.css, EITHER",
        "/favicon.svg, EITHER",
        "/signed-in.html, EITHER",
        "/sign-out, NOTHING",
        "/api/admin, ADMIN",
        "/api/admin/, ADMIN",
        "/api/admin/conversations/abc_-9, ADMIN",
        "/admin.html, ADMIN",
        "/admin-keys.html, ADMIN",
        "/admin/console.js, ADMIN",
        "/metrics, FIGURES",
        "/health, NOTHING",
        "/health/ready, NOTHING",
        "/sign-in/callback, NOTHING",
        "/v1beta/models/gemini-3.8-flash:generateContent, SIMULATED",
        "/v1beta/models/gemini%2D3:generateContent, SIMULATED",
        "/v1beta1/projects/p-1/locations/global/publishers/google/models/gemini-3.8-flash:generateContent, SIMULATED",
        "//upload//v1beta/files, SIMULATED"
    })
    void each_address_has_its_need(String path, Need need) {
        assertEquals(need, PathRules.of(path, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "//",
                "//api/admin",
                "/api//admin",
                "/api/./admin",
                "/api/x/../admin",
                "/api/admin;x",
                "/api;x/admin",
                "/api/%61dmin",
                "/api/admin%2fkeys",
                "/api/admin%00",
                "/api/admin.",
                "/api/admin..",
                "/api/admin/.",
                "/api/admin/..",
                "/api/ADMIN/keys",
                "/API/admin",
                "/Admin.html",
                "/admin.html.",
                "/admin.html;x",
                "/admin%2ehtml",
                "/admin.html%20",
                "/admin.html/",
                "/admin.html::$DATA",
                "/api\\admin",
                "/api/admin\\keys",
                "/WEB-INF/web.xml",
                "/META-INF/MANIFEST.MF",
                "/web-inf/web.xml",
                "/.git/config",
                "/v1beta/../api/admin",
                "/v1beta/%2e%2e/api/admin",
                "/v1beta/.%2e/api/admin",
                "/v1beta/..;/api/admin",
                "/v1beta/a%2f..%2fb",
                "/v1beta/%252e%252e/x",
                "/upload/v1beta/../../admin.html",
                "/metrics/",
                "/metrics/x",
                "/audio-stream/x",
                "/ws/audio-live/",
                "/ws/Audio-Live",
                "/ws",
                "/unknown",
                "/überall"
            })
    void another_spelling_or_an_unknown_address_leads_nowhere(String path) {
        assertEquals(Need.UNKNOWN, PathRules.of(path, false));
        assertEquals(Need.UNKNOWN, PathRules.of(path, true));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/admin/ws/google.ai, ADMIN",
        "/app/ws/google.ai, EITHER",
        "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent, SIMULATED"
    })
    void an_upgrade_makes_the_simulators_of_no_address_of_ours(String path, Need need) {
        assertEquals(need, PathRules.of(path, true));
    }
}
