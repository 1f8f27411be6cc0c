package dev.parley.security.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OriginRefusalsTest {
    private final Logger log = Logger.getLogger(OriginRefusals.class.getName());
    private final List<String> lines = new ArrayList<>();
    private final OriginRefusals refusals = new OriginRefusals();

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getMessage());
        }

        @Override
        public void flush() {
            // nothing is kept back
        }

        @Override
        public void close() {
            // nothing is held
        }
    };

    @BeforeEach
    void listen() {
        log.setUseParentHandlers(false);
        log.addHandler(handler);
    }

    @AfterEach
    void leave() {
        log.removeHandler(handler);
        log.setUseParentHandlers(true);
    }

    @Test
    void client_and_log_are_told_exactly_what_to_set() {
        String words = refusals.words(OriginPolicy.Verdict.UNPROVEN_NAME, "http://Parley.lan:8080");
        assertTrue(words.contains("parley.security.allowed-origins=http://parley.lan:8080"), words);
        assertTrue(words.contains("https"), words);
        assertEquals(List.of("A page was refused. " + words), lines);

        String foreign = refusals.words(OriginPolicy.Verdict.FOREIGN, "https://app.example");
        assertTrue(foreign.contains("parley.security.allowed-origins=https://app.example"), foreign);
    }

    @Test
    void what_is_no_origin_is_not_repeated() {
        String words = refusals.words(OriginPolicy.Verdict.NO_ORIGIN, "<b>null</b>");
        assertFalse(words.contains("<b>"), words);
        String endless = refusals.words(OriginPolicy.Verdict.FOREIGN, "https://" + "a".repeat(10_000) + ".example");
        assertTrue(endless.length() < 400, endless);
    }

    @Test
    void an_origin_is_logged_once_and_a_flood_of_them_not_at_all() {
        for (int i = 0; i < 1_000; i++) {
            refusals.words(OriginPolicy.Verdict.FOREIGN, "https://same.example");
            refusals.words(OriginPolicy.Verdict.FOREIGN, "https://a" + i + ".example");
        }
        assertEquals(100, lines.size());
    }
}
