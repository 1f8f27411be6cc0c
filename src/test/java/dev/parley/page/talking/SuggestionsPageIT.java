package dev.parley.page.talking;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import dev.parley.simulator.wording.SearchSuggestions;
import jakarta.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Foreign HTML on the page: shown as it is, and nothing of it acts. */
class SuggestionsPageIT {
    @RegisterExtension
    static final TalkTab TAB = new TalkTab();

    /** As strict as a page can be asked to be, but for what the test itself needs to look into the page. */
    private static final String STRICT =
            "default-src 'self'; script-src 'self' 'unsafe-eval' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final String HOSTILE = """
            <style>@import url(/leak-x.css); .chip { color: rgb(1, 2, 3); background: url(/leak-y) }</style>
            <script>top.hacked = 1</script><meta http-equiv=refresh content="0;url=/hacked"><base href="/leak-">
            <iframe srcdoc="<script>top.hacked = 2</script>"></iframe><link rel=stylesheet href=/leak-z.css>
            <div class="chip" style="position:fixed" onclick="top.hacked = 3"><svg onload="top.hacked = 4"></svg>
            <img src=/leak-x onerror="top.hacked = 5"><a id=web href="/" onclick="top.hacked = 6">web</a>
            <a id=script href="javascript:top.hacked = 7">script</a><form action=/hacked><button id=send>send</button></form></div>""";

    private static void beStrict() {
        TAB.page().route("**/", route -> {
            APIResponse response = route.fetch();
            Map<String, String> headers = new HashMap<>(response.headers());
            headers.put("content-security-policy", STRICT);
            route.fulfill(new Route.FulfillOptions().setResponse(response).setHeaders(headers));
        });
        TAB.page().reload();
    }

    private static FrameLocator answerWith(String html) {
        TAB.talk("{}");
        TAB.tell("{type: 'inputTranscript', text: 'How is the weather in Basel?', turn: 1}");
        TAB.tell("{type: 'outputTranscript', text: 'Sunny, and eighteen degrees.', turn: 1}");
        TAB.tell("{type: 'sources', turn: 1, sources: [{title: 'MeteoSwiss', uri: 'https://example.org/basel'}]}");
        TAB.tell("{type: 'sources', turn: 1, sources: [], suggestions: "
                + Json.createValue(html).toString() + "}");
        TAB.tell("{type: 'turnComplete', turn: 1}");
        return TAB.page().frameLocator("#entries .suggestions");
    }

    @Test
    void they_look_as_google_wants_them_under_the_strictest_policy() {
        beStrict();
        FrameLocator frame = answerWith(SearchSuggestions.html("weather in <Basel>"));
        assertThat(frame.locator(".chip")).hasText("weather in <Basel>");
        assertThat(frame.locator(".chip")).hasCSS("border-radius", "16px");
        assertThat(frame.locator(".container")).hasCSS("background-color", "rgb(250, 250, 250)");
        double height = TAB.page().locator("#entries .suggestions").boundingBox().height;
        assertTrue(height > 40 && height < 90, () -> "as high as what is in it: " + height);
        assertThat(TAB.page().locator("#entries .sources a")).hasCount(1);
    }

    @Test
    void a_link_opens_beside_the_page_and_knows_nothing_of_it() {
        FrameLocator frame = answerWith("<a class=chip href='" + TAB.page().url() + "favicon.svg'>Basel</a>");
        Page opened = TAB.page().waitForPopup(() -> frame.locator("a").click());
        opened.waitForLoadState();
        assertTrue(opened.url().endsWith("/favicon.svg"), opened::url);
        assertEquals(true, opened.evaluate("() => window.opener === null && document.referrer === ''"));
        assertThat(TAB.page().locator("#entries .model")).containsText("Sunny");
    }

    @Test
    void nothing_in_it_acts_loads_or_reaches_the_page() {
        String home = TAB.page().url();
        List<String> answered = new CopyOnWriteArrayList<>();
        TAB.page().onResponse(response -> answered.add(response.url()));
        FrameLocator frame = answerWith(HOSTILE);
        assertThat(frame.locator(".chip")).hasCSS("color", "rgb(1, 2, 3)");
        frame.locator("#script").click();
        frame.locator(".chip").click();
        assertEquals(true, TAB.page().evaluate("() => window.hacked === undefined"));
        assertEquals(home, TAB.page().url());
        assertEquals(1, TAB.page().evaluate("() => frames.length"), "no frame within the frame");
        TAB.page().waitForTimeout(500);
        assertEquals(
                List.of(), answered.stream().filter(url -> url.contains("leak")).toList());
        TAB.forgive("/leak-");
        TAB.forgive("@import rules are not allowed here");
    }

    @Test
    void they_fit_wide_narrow_and_dark_screens() {
        photograph("suggestions-wide", new Browser.NewContextOptions().setViewportSize(1280, 800));
        photograph("suggestions-phone", new Browser.NewContextOptions().setViewportSize(360, 740));
        photograph(
                "suggestions-dark",
                new Browser.NewContextOptions().setViewportSize(1280, 800).setColorScheme(ColorScheme.DARK));
    }

    private static void photograph(String name, Browser.NewContextOptions options) {
        TAB.renew(options);
        FrameLocator frame = answerWith(SearchSuggestions.html("weather in Basel"));
        assertThat(frame.locator(".chip")).hasCSS("border-radius", "16px");
        TAB.photograph(name);
    }
}
