package dev.parley.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.parley.it.stage.CorpusFile;
import dev.parley.it.stage.Deployments;
import dev.parley.it.stage.TestBrowser;
import dev.parley.it.stage.TestCaller;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The operator's page in a browser, on a server whose simulator people talk to. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class AdminPageIT {
    private static final Path PICTURES = Path.of("target", "it");

    @ArquillianResource
    private URL url;

    @Deployment(testable = false)
    static WebArchive parley() {
        return Deployments.simulated(
                Map.of("parley.operations.drain-time", "2s", "parley.conversation.resume-time", "0s"));
    }

    @Test
    void an_operator_sees_and_does_everything_on_one_page() {
        URI server = Deployments.address(url);
        try (TestCaller first = TestCaller.ready(server, "audio/webm;codecs=opus");
                TestCaller second = TestCaller.ready(server, "audio/pcm;rate=16000");
                TestBrowser browsers = new TestBrowser();
                Browser browser = browsers.launch(Path.of("src/test/resources/corpus/chrome-16k.pcm16k.wav"))) {
            CorpusFile.read("chrome-16k.webm").pieces(4096).forEach(first::sendAudio);
            first.say("audioStreamEnd");
            first.next("turnComplete");
            BrowserContext context = browser.newContext(
                    new Browser.NewContextOptions().setViewportSize(1280, 900).setColorScheme(ColorScheme.LIGHT));
            Page page = context.newPage();
            List<String> faults = new ArrayList<>();
            page.onPageError(faults::add);
            page.navigate(server.resolve("admin.html").toString());
            assertThat(page.locator("#conversations > li")).hasCount(2);
            assertThat(page.locator("#status-words")).containsText("Open: 2 conversations");
            assertThat(page.locator("#conversations .mark").first()).hasText("talking");
            assertThat(page.locator("#keys .who")).hasText("simulator");

            page.locator("button[data-diagnosis=text]").click();
            assertThat(page.locator("#diagnosis-verdict"))
                    .containsText("all is well", new LocatorAssertions.ContainsTextOptions().setTimeout(60_000));
            assertThat(page.locator("#diagnosis-steps > li")).hasCount(10);
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(PICTURES.resolve("admin-wide.png"))
                    .setFullPage(true));
            looks(browser, server, "admin-phone.png", 360, ColorScheme.LIGHT);
            looks(browser, server, "admin-dark.png", 1280, ColorScheme.DARK);

            changeLimits(page);
            endByKeyboard(page, second);
            drain(page, first);
            assertEquals(List.of(), faults);
        }
    }

    private static void looks(Browser browser, URI server, String picture, int width, ColorScheme colours) {
        try (BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(width, 800).setColorScheme(colours))) {
            Page page = context.newPage();
            page.navigate(server.resolve("admin.html").toString());
            assertThat(page.locator("#conversations > li")).hasCount(2);
            assertEquals(
                    0,
                    page.evaluate("() => Math.max(0, document.documentElement.scrollWidth - innerWidth)"),
                    "nothing is wider than the page");
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(PICTURES.resolve(picture))
                    .setFullPage(true));
        }
    }

    private static void changeLimits(Page page) {
        page.locator("input[name=waitingRoom]").fill("-4");
        page.locator("#limits-save").click();
        assertThat(page.locator("#limits-result")).containsText("parley.limits.waiting-room");
        page.locator("input[name=waitingRoom]").fill("25");
        page.locator("#limits-save").click();
        assertThat(page.locator("#limits-result")).containsText("Changed");
        assertThat(page.locator("#limits-words")).containsText("hold until the next start");
    }

    private static void endByKeyboard(Page page, TestCaller caller) {
        page.locator("#conversations button").nth(1).focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#ask-title")).containsText("End the conversation");
        page.keyboard().type("Lunch");
        page.keyboard().press("Enter");
        assertEquals(
                "The operator of this server ended the conversation: Lunch",
                caller.next("ended").getString("reason"));
        assertThat(page.locator("#conversations > li")).hasCount(1);
    }

    private static void drain(Page page, TestCaller caller) {
        page.locator("#drain").click();
        page.locator("#ask-yes").click();
        assertThat(page.locator("#status-words")).containsText("Drained");
        assertEquals(4508, caller.awaitClosing().code());
        assertThat(page.locator("#status-words")).containsText("empty");
        page.locator("#drain").click();
        assertThat(page.locator("#status-words")).containsText("Open");
    }
}
