package dev.parley.simulator.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExchangeTest {
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080, '', http://127.0.0.1:8080/parley/v1",
        "http://parley.example, https, https://parley.example/parley/v1",
        "https://parley.example, https, https://parley.example/parley/v1",
        "https://parley.example, http, https://parley.example/parley/v1",
        "http://parley.example, spdy, http://parley.example/parley/v1"
    })
    void an_address_is_told_as_the_client_sees_it(String server, String forwarded, String base) {
        assertEquals(base, Exchange.base(request(server, forwarded)));
    }

    /** Zero is what a client sends that has not set it. */
    @ParameterizedTest
    @CsvSource({"'', 2", "pageSize=0, 2", "pageSize=1, 1", "pageSize=3, 3", "pageSize=9, 4"})
    void a_page_has_as_many_items_as_asked_for_or_as_usual(String query, int items) {
        List<JsonObject> all = Collections.nCopies(5, JsonObject.EMPTY_JSON_OBJECT);
        assertEquals(
                items,
                Exchange.page("files", all, query, 2, 4).getJsonArray("files").size());
    }

    @SuppressWarnings("JdkObsolete") // the Servlet API gives a StringBuffer
    private static HttpServletRequest request(String server, String forwarded) {
        String path = "/parley/v1/fil%65s";
        Map<String, Object> answers = Map.of(
                "getRequestURL",
                new StringBuffer(server + path),
                "getRequestURI",
                path,
                "getContextPath",
                "/parley",
                "getServletPath",
                "/v1/files",
                "getHeader",
                forwarded);
        return (HttpServletRequest) Proxy.newProxyInstance(
                HttpServletRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> answers.get(method.getName()));
    }
}
