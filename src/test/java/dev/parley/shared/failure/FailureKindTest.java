package dev.parley.shared.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.failure.FailureKind.Fault;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureKindTest {
    @Test
    void every_meaning_has_a_close_code_of_its_own() {
        Set<Integer> codes = new HashSet<>();
        for (FailureKind kind : FailureKind.values()) {
            assertTrue(codes.add(kind.closeCode()), kind + " shares its close code");
        }
    }

    @ParameterizedTest
    @EnumSource
    void close_codes_may_be_sent_and_name_their_http_status(FailureKind kind) {
        int code = kind.closeCode();
        if (kind == FailureKind.NORMAL) {
            assertEquals(1000, code);
            assertEquals(200, kind.httpStatus());
        } else if (kind == FailureKind.INTERNAL) {
            assertEquals(1011, code); // RFC 6455 section 7.4.1
            assertEquals(500, kind.httpStatus());
        } else {
            assertTrue(code >= 4400 && code < 4600, kind + " " + code);
            // 508 means a loop in HTTP (RFC 5842), so a server that drains says 503 there.
            assertEquals(kind == FailureKind.DRAINING ? 503 : code - 4000, kind.httpStatus());
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_somebody_must_change_first_is_not_worth_retrying(FailureKind kind) {
        if (kind.fault() == Fault.CALLER || kind.fault() == Fault.OPERATOR) {
            assertTrue(!kind.retryable(), kind.name());
        }
        if (kind.fault() == Fault.UPSTREAM || kind.fault() == Fault.PARLEY) {
            assertTrue(kind.retryable(), kind.name());
        }
    }

    @Test
    void an_exception_carries_its_row_its_sentence_and_its_cause() {
        Throwable cause = new IllegalStateException("inside");
        ParleyException failure = new ParleyException(FailureKind.TOO_LARGE, "The image is larger than 4 MB", cause);
        assertEquals(FailureKind.TOO_LARGE, failure.kind());
        assertEquals("The image is larger than 4 MB", failure.getMessage());
        assertSame(cause, failure.getCause());
        assertEquals(null, new ParleyException(FailureKind.REFUSED, "No").getCause());
    }
}
