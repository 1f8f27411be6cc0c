package dev.parley.page.talking;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ways to take turns and to be answered, on the page. */
class ModesPageIT {
    @RegisterExtension
    static final TalkTab TAB = new TalkTab();

    private static void choose(String... checked) {
        TAB.page().locator("#open-settings").click();
        for (String choice : checked) {
            TAB.page().locator(choice).check();
        }
        TAB.page().locator("#settings button[type=submit]").click();
    }

    private static Map<?, ?> start() {
        return (Map<?, ?>) TAB.page().evaluate("() => parleyServer.of('start')[0]");
    }

    private static int said(String type) {
        return ((Number) TAB.page().evaluate("type => parleyServer.of(type).length", type)).intValue();
    }

    @Test
    void one_after_the_other_asks_for_whole_answers_and_keeps_the_microphone_out_of_them() {
        choose("input[name=turnTaking][value=whole]");
        TAB.talk("{}");
        assertEquals(false, start().get("interruptible"));
        assertEquals("auto", start().get("turnTaking"));
        TAB.tell("{type: 'outputTranscript', text: 'A long story', turn: 1}");
        TAB.page().evaluate("() => parleyServer.speak(2)");
        TAB.page().waitForFunction("() => parleyServer.of('audioStreamEnd').length === 1");
        TAB.tell("{type: 'turnComplete', turn: 1}");
        TAB.page().waitForFunction("() => document.getElementById('halo').classList.contains('listening')");
        assertEquals(1, said("audioStreamEnd"));
    }

    @Test
    void the_space_bar_and_a_finger_hold_the_turn() {
        choose("input[name=turnTaking][value=manual]");
        TAB.page().locator("body").click();
        TAB.page().keyboard().down(" ");
        TAB.page().waitForFunction("() => parleyServer.of('start').length > 0");
        TAB.page().evaluate("() => parleyServer.ready()");
        TAB.page().waitForFunction("() => parleyServer.of('activityStart').length === 1");
        TAB.page().keyboard().up(" ");
        TAB.page().waitForFunction("() => parleyServer.of('activityEnd').length === 1");
        TAB.page().locator("#talk").dispatchEvent("pointerdown", Map.of("button", 0, "pointerId", 1));
        TAB.page().waitForFunction("() => parleyServer.of('activityStart').length === 2");
        TAB.page().locator("#talk").dispatchEvent("pointerup", Map.of("pointerId", 1));
        TAB.page().waitForFunction("() => parleyServer.of('activityEnd').length === 2");
    }

    @Test
    void the_button_of_a_telephone_is_large_enough_for_a_thumb() {
        TAB.renew(new Browser.NewContextOptions()
                .setViewportSize(360, 740)
                .setHasTouch(true)
                .setIsMobile(true));
        var box = TAB.page().locator("#talk").boundingBox();
        assertTrue(box.width >= 72 && box.height >= 72, () -> box.width + " × " + box.height);
    }

    @Test
    void echo_is_asked_to_be_cancelled() {
        TAB.page().evaluate("""
                () => {
                  const ask = MediaDevices.prototype.getUserMedia;
                  MediaDevices.prototype.getUserMedia = function (constraints) {
                    window.asked = constraints;
                    return ask.call(this, constraints);
                  };
                }""");
        TAB.talk("{}");
        assertEquals(true, TAB.page().evaluate("() => asked.audio.echoCancellation"));
    }

    @Test
    void words_go_from_right_to_left_where_they_are_written_so_and_all_can_be_selected() {
        TAB.talk("{}");
        TAB.tell("{type: 'inputTranscript', text: 'מה השעה?', turn: 1}");
        TAB.tell("{type: 'outputTranscript', text: 'الساعة الثالثة', turn: 1}");
        TAB.tell("{type: 'turnComplete', turn: 1}");
        assertEquals(
                "rtl",
                TAB.page().locator("#entries .person .words").evaluate("words => getComputedStyle(words).direction"));
        assertEquals(
                "rtl",
                TAB.page().locator("#entries .model .words").evaluate("words => getComputedStyle(words).direction"));
        assertEquals(true, TAB.page().evaluate("""
                () => {
                  getSelection().selectAllChildren(document.getElementById('entries'));
                  const text = getSelection().toString();
                  return text.includes('מה השעה?') && text.includes('الساعة الثالثة');
                }"""));
        TAB.photograph("right-to-left");
    }

    @Test
    void words_are_lit_when_they_are_heard_and_an_unfinished_answer_says_so() {
        TAB.talk("{}");
        TAB.tell("{type: 'outputTranscript', text: 'First', turn: 1}");
        TAB.page().evaluate("() => parleyServer.speak(1)");
        TAB.tell("{type: 'outputTranscript', text: ' second', turn: 1}");
        TAB.page().evaluate("() => parleyServer.speak(1)");
        assertThat(TAB.page().locator("#entries .unheard")).hasCount(1);
        assertThat(TAB.page().locator("#entries .unheard")).hasText(" second");
        assertThat(TAB.page().locator("#entries .unheard")).hasCount(0);
        TAB.page().evaluate("() => parleyServer.socket.onclose({ code: 1006, reason: '' })");
        assertThat(TAB.page().locator("#entries .mark")).hasText("Not finished");
    }

    @Test
    void a_press_on_save_is_not_lost_when_words_push_the_button_away_and_can_be_taken_back() throws IOException {
        TAB.talk("{model: 'gemini-3.5-transcribe-live'}");
        TAB.tell("{type: 'speechStart', atMillis: 440}");
        assertThat(TAB.page().locator("#save-vtt")).isHidden();
        TAB.tell("{type: 'inputTranscript', text: 'And so, my fellow', turn: 1}");
        var button = TAB.page().locator("#save-vtt");
        assertThat(button).isVisible();
        var before = button.boundingBox();
        Download download = TAB.page().waitForDownload(() -> {
            TAB.page().mouse().move(before.x + before.width / 2, before.y + before.height / 2);
            TAB.page().mouse().down();
            TAB.tell("{type: 'speechEnd', atMillis: 2680}");
            TAB.tell("{type: 'turnComplete', turn: 1}");
            TAB.tell("{type: 'inputTranscript', text: 'Americans', turn: 2}");
            TAB.page()
                    .waitForFunction(
                            "y => document.getElementById('save-vtt').getBoundingClientRect().y !== y", before.y);
            TAB.page().mouse().up();
        });
        assertEquals("WEBVTT\n\n00:00:00.440 --> 00:00:02.680\nAnd so, my fellow\n", Files.readString(download.path()));
        TAB.page()
                .evaluate(
                        "() => { HTMLAnchorElement.prototype.click = function () { window.saved = this.download; }; }");
        var now = button.boundingBox();
        TAB.page().mouse().move(now.x + 5, now.y + 5);
        TAB.page().mouse().down();
        TAB.page().mouse().move(now.x + 200, now.y - 100);
        TAB.page().mouse().up();
        assertEquals(true, TAB.page().evaluate("() => window.saved === undefined"));
        button.press("Enter");
        TAB.page().waitForFunction("() => window.saved === 'captions.vtt'");
    }

    @Test
    void the_settings_offer_what_the_server_allows() {
        TAB.page().locator("#open-settings").click();
        assertThat(TAB.page().locator("#voice option"))
                .hasText(new String[] {"As this server is set up", "Kore", "Puck"});
        assertThat(TAB.page().locator("#model option")).hasCount(2);
        assertThat(TAB.page().locator("#language option")).hasCount(2);
        assertThat(TAB.page().locator("#instruction")).isDisabled();
        TAB.page().locator("#voice").selectOption("Puck");
        TAB.page().locator("#settings button[type=submit]").click();
        TAB.talk("{}");
        assertEquals("Puck", start().get("voice"));
    }

    @Test
    void the_settings_fit_wide_narrow_and_dark_screens() {
        photograph("modes-wide", new Browser.NewContextOptions().setViewportSize(1280, 1400));
        photograph("modes-phone", new Browser.NewContextOptions().setViewportSize(360, 740));
        photograph(
                "modes-dark",
                new Browser.NewContextOptions().setViewportSize(1280, 1400).setColorScheme(ColorScheme.DARK));
    }

    private static void photograph(String name, Browser.NewContextOptions options) {
        TAB.renew(options);
        TAB.talk("{}");
        TAB.tell("{type: 'inputTranscript', text: 'How is the weather in Basel?', turn: 1}");
        TAB.tell("{type: 'outputTranscript', text: 'Sunny, and eighteen degrees.', turn: 1}");
        TAB.tell("{type: 'sources', turn: 1, sources: [{title: 'MeteoSwiss', uri: 'https://example.org/basel'},"
                + " {title: 'Weather of the Upper Rhine', uri: 'https://example.net/'}]}");
        TAB.tell("{type: 'turnComplete', turn: 1}");
        TAB.photograph(name + "-sources");
        TAB.page().locator("#open-settings").click();
        TAB.page().locator("input[name=search]").scrollIntoViewIfNeeded();
        TAB.photograph(name);
    }
}
