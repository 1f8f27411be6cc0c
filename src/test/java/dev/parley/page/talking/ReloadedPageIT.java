package dev.parley.page.talking;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A page that is reloaded, duplicated, or comes back too late, in a real browser; the test plays the server. */
class ReloadedPageIT {
    @RegisterExtension
    static final TalkTab TAB = new TalkTab();

    private static final String KEPT = "() => sessionStorage.getItem('parley.conversation')";
    private static final Browser.NewContextOptions ALLOWED =
            new Browser.NewContextOptions().setPermissions(List.of("microphone"));

    /** Talks until an answer is half heard. */
    private static void talk() {
        TAB.talk("{resume: 'c.secret'}");
        TAB.tell("{type: 'inputTranscript', text: 'When does the last train to Basel leave?', turn: 1}");
        TAB.tell("{type: 'outputTranscript', text: 'At eight minutes to midnight,', turn: 1}");
        TAB.page().evaluate("() => parleyServer.speak(2)");
        TAB.tell("{type: 'outputTranscript', text: ' from platform four.', turn: 1}");
        TAB.page().evaluate("() => parleyServer.speak(30)");
        TAB.tell("{type: 'outputTranscript', text: ' Mind the gap.', turn: 1}");
        assertThat(TAB.page().locator("#entries .unheard")).hasCount(1);
    }

    private static void reload() {
        TAB.page().reload();
        awaitStart(TAB.page());
    }

    private static Map<?, ?> awaitStart(Page page) {
        page.waitForFunction("() => parleyServer.of('start').length > 0");
        return (Map<?, ?>) page.evaluate("() => parleyServer.of('start')[0]");
    }

    private static void resume(Page page) {
        page.evaluate("() => parleyServer.ready({ resume: 'c.secret', resumed: true, received: 1e6 })");
    }

    /** Makes the browser one that asks before it opens a microphone. */
    private static void askFirst() {
        TAB.page().addInitScript("navigator.permissions.query = async () => ({ state: 'prompt' });");
    }

    @Test
    void a_reloaded_page_goes_on_at_once_where_the_browser_lets_it() {
        TAB.renew(ALLOWED);
        talk();
        TAB.page().reload();
        Map<?, ?> start = awaitStart(TAB.page());
        assertEquals("c.secret", start.get("resume"));
        assertEquals(1, start.get("lastHeardTurn"));
        double heard = ((Number) Objects.requireNonNull(start.get("lastHeardMillis"))).doubleValue();
        assertTrue(heard >= 2000 && heard < 20_000, () -> "heard " + heard);
        assertThat(TAB.page().locator("#entries .person")).containsText("When does the last train to Basel leave?");
        assertThat(TAB.page().locator("#entries .unheard")).hasText(" Mind the gap.");
        assertThat(TAB.page().locator("#conversation-notice")).containsText("Your conversation is still open.");

        resume(TAB.page());
        assertThat(TAB.page().locator("#conversation-notice")).isEmpty();
        assertThat(TAB.page().locator("#entries .line")).hasText("Page reloaded");
        assertThat(TAB.page().locator("#halo")).hasClass(Pattern.compile("listening"));
        TAB.page().waitForFunction("() => parleyServer.bytes > 0");
        assertEquals(1, TAB.page().evaluate("() => parleyServer.of('audioStreamEnd').length"), "of the page before");
        TAB.page().evaluate("() => parleyServer.speak(2)");
        TAB.page().waitForFunction("() => parleyProbe.loudness() > 0.01");
        TAB.tell("{type: 'turnComplete', turn: 1}");
        assertThat(TAB.page().locator("#entries .unheard")).hasCount(0);
        TAB.page().waitForFunction("heard => parleyServer.of('heard').at(-1)?.millis >= heard + 1900", heard);
    }

    @Test
    void where_the_browser_asks_first_one_press_goes_on() {
        TAB.renew(ALLOWED);
        talk();
        askFirst();
        reload();
        resume(TAB.page());
        assertThat(TAB.page().locator("#talk-words")).hasText("Go on");
        assertThat(TAB.page().locator("#status-words")).hasText("Waiting for you");
        assertThat(TAB.page().locator("#microphone-notice")).containsText("still open");
        TAB.page().reload(); // impatient: it is still the same conversation, and still wants the microphone
        awaitStart(TAB.page());
        resume(TAB.page());
        assertThat(TAB.page().locator("#entries .line")).hasText(new String[] {"Page reloaded"});
        TAB.page().locator("#talk").click();
        TAB.page().waitForFunction("() => parleyServer.bytes > 0");
        assertThat(TAB.page().locator("#talk-words")).hasText("Mute");
        assertThat(TAB.page().locator("#microphone-notice")).isEmpty();
    }

    @Test
    void a_conversation_that_waited_too_long_is_over_and_its_words_stay() {
        TAB.renew(ALLOWED);
        talk();
        reload();
        TAB.tell("{type: 'notResumed', message: 'The conversation cannot be gone on with.'}");
        assertThat(TAB.page().locator("#conversation-notice")).containsText("This conversation is over.");
        assertThat(TAB.page().locator("#entries .model")).containsText("At eight minutes to midnight");
        assertThat(TAB.page().locator("#talk-words")).hasText("Start");
        assertThat(TAB.page().locator("#microphone-notice")).isEmpty();
        assertEquals(null, TAB.page().evaluate(KEPT));
        TAB.page().locator("#conversation-notice .retry").click();
        TAB.page().waitForFunction("() => parleyServer.of('start').at(-1).audio");
        assertThat(TAB.page().locator("#entries .line").last()).hasText("New conversation");
    }

    @Test
    void nothing_is_kept_of_a_conversation_that_was_ended() {
        talk();
        TAB.page().waitForFunction(KEPT);
        TAB.page().locator("#stop").click();
        TAB.page().waitForFunction("() => parleyServer.of('stop').length === 1");
        assertEquals(null, TAB.page().evaluate(KEPT));
        TAB.page().reload();
        assertThat(TAB.page().locator("#welcome-title")).hasText("Talk, and be answered.");
        assertEquals(0, TAB.page().evaluate("() => parleyServer.said.length"));
    }

    @Test
    void what_was_said_before_a_page_that_died_is_there_too() {
        talk();
        TAB.page().waitForFunction("() => sessionStorage.getItem('parley.conversation')?.includes('platform four')");
        TAB.page().evaluate("() => addEventListener('pagehide', (event) => event.stopImmediatePropagation(), true)");
        reload();
        resume(TAB.page());
        assertThat(TAB.page().locator("#entries .model")).containsText("from platform four.");
    }

    @Test
    void a_duplicated_tab_leaves_the_conversation_alone_until_it_is_asked_to_take_it() {
        TAB.renew(ALLOWED);
        talk();
        TAB.page().waitForFunction(KEPT);
        Page copy = TAB.page().waitForPopup(() -> TAB.page().evaluate("() => void open(location.href)"));
        assertThat(copy.locator("#status-words")).hasText("Open in another tab");
        assertThat(copy.locator("#entries .person")).containsText("last train to Basel");
        assertEquals(0, copy.evaluate("() => parleyServer.said.length"));
        assertThat(TAB.page().locator("#conversation-notice")).isEmpty();

        assertThat(copy.locator("#talk-words")).hasText("Go on here");
        copy.screenshot(new Page.ScreenshotOptions().setPath(TalkTab.SCREENSHOTS.resolve("duplicated-tab.png")));
        copy.locator("#talk").click();
        assertEquals("c.secret", awaitStart(copy).get("resume"));
        resume(copy);
        assertThat(copy.locator("#halo")).hasClass(Pattern.compile("listening"));
        assertThat(TAB.page().locator("#conversation-notice")).containsText("goes on in another tab");
        assertThat(TAB.page().locator("#talk-words")).hasText("Start");
        assertEquals(3000, TAB.page().evaluate("() => parleyServer.socket.closedWith"), "1000 would have ended it");
        assertEquals(null, TAB.page().evaluate(KEPT));
        TAB.page().reload();
        assertThat(TAB.page().locator("#welcome-title")).hasText("Talk, and be answered.");
    }

    @Test
    void it_fits_wide_narrow_and_dark_screens() {
        photograph("reloaded-wide", new Browser.NewContextOptions().setViewportSize(1280, 800));
        photograph("reloaded-phone", new Browser.NewContextOptions().setViewportSize(360, 740));
        photograph(
                "reloaded-dark",
                new Browser.NewContextOptions().setViewportSize(1280, 800).setColorScheme(ColorScheme.DARK));
    }

    private static void photograph(String name, Browser.NewContextOptions options) {
        TAB.renew(options.setPermissions(List.of("microphone")));
        talk();
        reload();
        TAB.photograph(name + "-still-open");
        resume(TAB.page());
        assertThat(TAB.page().locator("#status-words")).hasText("Listening");
        TAB.photograph(name + "-going-on");
        askFirst();
        reload();
        resume(TAB.page());
        assertThat(TAB.page().locator("#talk-words")).hasText("Go on");
        TAB.photograph(name + "-press");
        reload();
        TAB.tell("{type: 'notResumed', message: ''}");
        assertThat(TAB.page().locator("#conversation-notice")).containsText("This conversation is over.");
        TAB.photograph(name + "-over");
    }
}
