package dev.parley.it.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.genai.Client;
import com.google.genai.types.Behavior;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.FunctionResponseScheduling;
import com.google.genai.types.LiveSendToolResponseParameters;
import com.google.genai.types.LiveServerMessage;
import com.google.genai.types.Schema;
import com.google.genai.types.Tool;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Functions that the simulator calls through Google's SDK. An interface, so that no server is started for it alone. */
interface GoogleSdkTools {
    /** An SDK client of the deployed server. */
    Client client(String key);

    @Test
    default void a_function_is_called_and_its_answer_spoken_of() {
        try (Client client = client("key");
                SdkCaller caller = SdkCaller.connect(
                        client, SdkCaller.MODEL, SdkCaller.voices().tools(weather(Behavior.Known.BLOCKING)))) {
            FunctionCall call = called(caller);
            assertEquals(Optional.of("weather"), call.name());
            assertEquals(Optional.of(Map.of("city", "Bonn")), call.args());
            respond(caller, FunctionResponse.builder().id(call.id().orElseThrow()));
            caller.nextTurnComplete();
            List<LiveServerMessage> heard = caller.takeHeard();
            assertTrue(
                    SdkCaller.answer(heard).contains("weather answered {\"celsius\":21}"),
                    () -> SdkCaller.answer(heard));
        }
    }

    @Test
    default void a_function_that_is_not_waited_for_may_cut_in() {
        try (Client client = client("key");
                SdkCaller caller = SdkCaller.connect(
                        client, SdkCaller.MODEL, SdkCaller.voices().tools(weather(Behavior.Known.NON_BLOCKING)))) {
            FunctionCall call = called(caller);
            caller.nextContent("sound", content -> content.modelTurn().isPresent());
            respond(
                    caller,
                    FunctionResponse.builder()
                            .id(call.id().orElseThrow())
                            .scheduling(FunctionResponseScheduling.Known.INTERRUPT));
            caller.nextContent("interrupted", content -> content.interrupted().orElse(false));
            caller.nextTurnComplete();
            caller.takeHeard();
            caller.nextTurnComplete();
            List<LiveServerMessage> heard = caller.takeHeard();
            assertTrue(
                    SdkCaller.answer(heard).contains("weather answered {\"celsius\":21}"),
                    () -> SdkCaller.answer(heard));
        }
    }

    private static Tool.Builder[] weather(Behavior.Known behavior) {
        return new Tool.Builder[] {
            Tool.builder()
                    .functionDeclarations(FunctionDeclaration.builder()
                            .name("weather")
                            .description("The weather in a city")
                            .behavior(behavior)
                            .parameters(Schema.builder()
                                    .type("OBJECT")
                                    .properties(Map.of(
                                            "city",
                                            Schema.builder().type("STRING").build()))
                                    .required("city")))
        };
    }

    private static FunctionCall called(SdkCaller caller) {
        caller.type("call weather {\"city\":\"Bonn\"}");
        return caller.next("a call", message -> message.toolCall().flatMap(calls -> calls.functionCalls()))
                .get(0);
    }

    private static void respond(SdkCaller caller, FunctionResponse.Builder response) {
        caller.session()
                .sendToolResponse(LiveSendToolResponseParameters.builder()
                        .functionResponses(response.name("weather").response(Map.of("celsius", 21)))
                        .build())
                .join();
    }
}
