package dev.parley.page.talking;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A camera and the screen, shown on the page to a server that the test plays. */
class ShowingPageIT {
    @RegisterExtension
    static final TalkTab TAB = new TalkTab();

    private static void show(String what) {
        TAB.page().locator("#open-sights").click();
        TAB.page()
                .locator("#sight-list button")
                .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText(what))
                .first()
                .click();
        assertThat(TAB.page().locator("#showing")).isVisible();
    }

    private static void awaitPictures(int count) {
        TAB.page().waitForFunction("count => parleyServer.of('image').length >= count", count);
    }

    private static BufferedImage picture() throws IOException {
        Map<?, ?> message = (Map<?, ?>) TAB.page().evaluate("() => parleyServer.of('image').at(-1)");
        assertEquals("image/jpeg", message.get("mimeType"));
        byte[] jpeg = Base64.getDecoder().decode(String.valueOf(message.get("data")));
        return ImageIO.read(new ByteArrayInputStream(jpeg));
    }

    @Test
    void a_camera_is_shown_small_once_a_second_until_it_is_stopped() throws IOException {
        TAB.talk("{}");
        show("fake_device_0");
        assertThat(TAB.page().locator("#showing-words")).hasText("Showing your camera");
        awaitPictures(4);
        BufferedImage picture = picture();
        assertEquals(768, Math.max(picture.getWidth(), picture.getHeight()));
        assertTrue(picture.getHeight() < picture.getWidth(), "its shape is kept");
        List<?> gaps = (List<?>) TAB.page().evaluate("""
                () => {
                  const at = parleyServer.saidAt.filter((_, i) => parleyServer.said[i].type === 'image');
                  return at.slice(1).map((when, i) => when - at[i]);
                }""");
        double mean = gaps.stream()
                .mapToDouble(gap -> ((Number) gap).doubleValue())
                .average()
                .orElseThrow();
        assertTrue(mean >= 950, () -> "pictures come too often: " + gaps);

        TAB.page().locator("#stop-showing").click();
        assertThat(TAB.page().locator("#showing")).isHidden();
        assertEquals(true, TAB.page().evaluate("() => document.getElementById('showing-preview').srcObject === null"));
        Object sent = TAB.page().evaluate("() => parleyServer.of('image').length");
        TAB.page().waitForTimeout(2500);
        assertEquals(sent, TAB.page().evaluate("() => parleyServer.of('image').length"));
    }

    @Test
    void nothing_is_sent_before_the_conversation_and_nothing_shown_after_it() {
        show("fake_device_0");
        assertThat(TAB.page().locator("#showing-hint")).containsText("Nothing is sent");
        TAB.talk("{}");
        assertThat(TAB.page().locator("#showing-words")).hasText("Showing your camera");
        awaitPictures(1);
        TAB.tell("{type: 'ended', code: 1000, reason: 'Bye', retryable: false}");
        assertThat(TAB.page().locator("#showing")).isHidden();
    }

    @Test
    void the_screen_is_shown_and_the_browsers_own_stop_is_heard() {
        TAB.talk("{}");
        show("Screen");
        assertThat(TAB.page().locator("#showing-words")).hasText("Showing your screen");
        assertThat(TAB.page().locator("#turn-camera")).isHidden();
        awaitPictures(1);
        // What Chromium does when its bar's button is pressed (Screen Capture, W3C, §5.2): the track ends.
        TAB.page().evaluate("""
                () => {
                  const [track] = document.getElementById('showing-preview').srcObject.getVideoTracks();
                  track.stop();
                  track.dispatchEvent(new Event('ended'));
                }""");
        assertThat(TAB.page().locator("#showing")).isHidden();
        assertThat(TAB.page().locator("#showing-notice")).isEmpty();
    }

    @Test
    void a_camera_that_is_taken_away_is_told() {
        TAB.talk("{}");
        show("fake_device_0");
        TAB.page()
                .evaluate(
                        "() => document.getElementById('showing-preview').srcObject.getVideoTracks()[0].dispatchEvent(new Event('ended'))");
        assertThat(TAB.page().locator("#showing-notice")).containsText("The camera is not there any more.");
    }

    @Test
    void a_camera_that_is_forbidden_is_explained() {
        TAB.page().evaluate("""
                () => {
                  MediaDevices.prototype.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
                }""");
        TAB.page().locator("#open-sights").click();
        TAB.page().locator("#sight-list button").first().click();
        assertThat(TAB.page().locator("#showing-notice")).containsText("This page may not use the camera.");
        assertThat(TAB.page().locator("#showing")).isHidden();
    }

    @Test
    void a_model_that_does_not_look_is_shown_nothing_and_that_is_told() {
        show("fake_device_0");
        TAB.talk("{pictures: false}");
        assertThat(TAB.page().locator("#showing")).isHidden();
        assertThat(TAB.page().locator("#showing-notice")).containsText("This model looks at no pictures.");
        assertThat(TAB.page().locator("#open-sights")).isDisabled();
        assertEquals(0, TAB.page().evaluate("() => parleyServer.of('image').length"));
    }

    @Test
    void two_minutes_are_told_where_they_count() {
        TAB.talk("{picturesForSeconds: 120}");
        show("fake_device_0");
        assertThat(TAB.page().locator("#showing-hint")).containsText("2 minutes");
    }

    @Test
    void a_telephone_has_a_front_and_a_back_camera_and_turns_from_one_to_the_other() {
        TAB.renew(new Browser.NewContextOptions()
                .setViewportSize(360, 740)
                .setHasTouch(true)
                .setIsMobile(true));
        TAB.page().evaluate("""
                () => {
                  const ask = MediaDevices.prototype.getUserMedia;
                  window.asked = [];
                  MediaDevices.prototype.getUserMedia = function (constraints) {
                    window.asked.push(constraints.video?.facingMode?.ideal);
                    return ask.call(this, constraints);
                  };
                }""");
        show("Back camera");
        TAB.page().locator("#turn-camera").click();
        TAB.page().waitForFunction("() => asked.length === 2");
        assertEquals(List.of("environment", "user"), TAB.page().evaluate("() => asked"));
        assertThat(TAB.page().locator("#showing")).isVisible();
    }

    @Test
    void everything_is_within_reach_of_the_keyboard_and_named() {
        Page page = TAB.page();
        page.locator("#open-sights").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#sights")).isVisible();
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(page.locator("#showing")).isVisible();
        assertThat(page.getByRole(
                        com.microsoft.playwright.options.AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Stop showing")))
                .isVisible();
        page.locator("#stop-showing").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#open-sights")).isFocused();
    }

    @Test
    void it_fits_wide_narrow_and_dark_screens() {
        photograph("showing-wide", new Browser.NewContextOptions().setViewportSize(1280, 800));
        photograph("showing-phone", new Browser.NewContextOptions().setViewportSize(360, 740));
        photograph(
                "showing-dark",
                new Browser.NewContextOptions().setViewportSize(1280, 800).setColorScheme(ColorScheme.DARK));
    }

    private static void photograph(String name, Browser.NewContextOptions options) {
        TAB.renew(options);
        TAB.talk("{}");
        TAB.tell("{type: 'inputTranscript', text: 'What do you see?', turn: 1}");
        show("fake_device_0");
        awaitPictures(1);
        TAB.photograph(name);
        TAB.page().locator("#open-sights").click();
        TAB.photograph(name + "-choice");
    }
}
