package dev.parley.simulator.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.settings.Secret;
import dev.parley.simulator.fault.Caller.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FaultPlansTest {
    private final FaultPlans plans = new FaultPlans();

    @Test
    void twice_then_fine_and_then_the_same_again() {
        List<FaultCommand> wishes = List.of(FaultCommand.parse("unavailable 2"), FaultCommand.parse("quota 1 34"));
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            seen.add(next("key", wishes).map(FaultCommand::word).orElse("fine"));
        }
        assertEquals(List.of("unavailable", "unavailable", "quota", "fine", "unavailable"), seen);
    }

    @Test
    void without_a_number_it_never_ends() {
        for (int i = 0; i < 10; i++) {
            assertTrue(next("key", List.of(FaultCommand.parse("bad-key"))).isPresent());
        }
    }

    @Test
    void keys_do_not_share_their_counts_and_the_oldest_is_forgotten() {
        List<FaultCommand> wishes = List.of(FaultCommand.parse("unavailable 1"));
        assertTrue(next("one", wishes).isPresent());
        assertTrue(next("two", wishes).isPresent());
        assertTrue(next("one", wishes).isEmpty());
        for (int i = 0; i < 2000; i++) {
            next("many" + i, wishes);
        }
        assertEquals(1000, plans.remembered());
    }

    @Test
    void a_long_command_is_cut() {
        FaultCommand command =
                FaultCommand.in("/simulate quota 9 " + "x".repeat(4 << 20)).orElseThrow();
        assertEquals("quota", command.word());
        assertEquals(9, command.count(1));
        assertEquals(200 - "quota 9 ".length(), command.text().length());
        assertEquals(200, FaultCommand.parse("w".repeat(5_000)).word().length());
    }

    @Test
    void a_key_asks_for_faults_of_each_kind_of_request() {
        Caller caller = Caller.authenticated(
                "v1beta", Optional.of(new Secret("simulate:unavailable:2;upload-quota:1:7s;models-internal")));
        assertEquals("unavailable", caller.commands(Scope.GENERATE).get(0).word());
        GoogleError quota = assertThrows(GoogleError.class, () -> caller.fail(Scope.UPLOAD, plans));
        assertEquals(429, quota.code());
        assertTrue(quota.toJson().toString().contains("\"retryDelay\":\"7s\""));
        caller.fail(Scope.UPLOAD, plans);
        caller.fail(Scope.FILES, plans);
        assertEquals(
                500,
                assertThrows(GoogleError.class, () -> caller.fail(Scope.MODELS, plans))
                        .code());
    }

    @Test
    void keys_are_checked_as_google_checks_them() {
        GoogleError none = assertThrows(GoogleError.class, () -> Caller.authenticated("v1", Optional.empty()));
        assertEquals(403, none.code());
        assertEquals("PERMISSION_DENIED", none.status());
        GoogleError bad = assertThrows(
                GoogleError.class, () -> Caller.authenticated("v1", Optional.of(new Secret("invalid-key"))));
        assertEquals(400, bad.code());
        assertTrue(bad.toJson().toString().contains("\"reason\":\"API_KEY_INVALID\""));
    }

    @Test
    void errors_have_googles_shape() {
        for (RestFault fault : RestFault.values()) {
            GoogleError error = fault.error(FaultCommand.parse(fault.word()));
            assertEquals(Optional.of(fault), RestFault.named(fault.word()));
            assertTrue(error.code() >= 400 && error.code() <= 504, fault.word());
            var json = error.toJson().getJsonObject("error");
            assertEquals(error.code(), json.getInt("code"));
            assertEquals(error.status(), json.getString("status"));
            assertEquals(error.getMessage(), json.getString("message"));
        }
        var quota = RestFault.QUOTA.error(FaultCommand.parse("quota")).toJson().getJsonObject("error");
        assertEquals("RESOURCE_EXHAUSTED", quota.getString("status"));
        var details = quota.getJsonArray("details");
        assertEquals(
                "type.googleapis.com/google.rpc.QuotaFailure",
                details.getJsonObject(0).getString("@type"));
        assertEquals(
                "type.googleapis.com/google.rpc.RetryInfo",
                details.getJsonObject(2).getString("@type"));
        assertEquals("2s", details.getJsonObject(2).getString("retryDelay"));
        var field = RestFault.UNKNOWN_FIELD
                .error(FaultCommand.parse("x"))
                .toJson()
                .getJsonObject("error")
                .getJsonArray("details")
                .getJsonObject(0)
                .getJsonArray("fieldViolations")
                .getJsonObject(0);
        assertEquals("contents[0]", field.getString("field"));
    }

    private Optional<FaultCommand> next(String key, List<FaultCommand> wishes) {
        return plans.next("GENERATE", new Secret(key), wishes);
    }
}
