package dev.parley.browser;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.failure.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may come back, by how the connection ended. */
class LiveEndpointTest {
    @Test
    void who_closed_because_they_were_done_may_not() {
        assertFalse(LiveEndpoint.mayReturn(1000));
    }

    @Test
    void who_was_closed_for_being_too_slow_may() {
        assertTrue(LiveEndpoint.mayReturn(FailureKind.TOO_LARGE.closeCode()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1001, 1005, 1006, 1009, 1011})
    void whose_connection_failed_may(int code) {
        assertTrue(LiveEndpoint.mayReturn(code));
    }
}
