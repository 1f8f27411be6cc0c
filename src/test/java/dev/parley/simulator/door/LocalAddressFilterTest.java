package dev.parley.simulator.door;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.gemini.settings.ApiKeys;
import dev.parley.gemini.settings.LiveAddress;
import dev.parley.shared.settings.SettingsReader;
import dev.parley.simulator.Simulator;
import dev.parley.testkit.ManualExecutor;
import dev.parley.testkit.ManualTime;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalAddressFilterTest {
    private final LocalAddressFilter filter = new LocalAddressFilter();

    @Test
    void the_first_plain_request_settles_it() {
        LiveAddress address = address(Map.of());
        Simulator simulator = simulator(Map.of());
        hear("http", 8080, simulator, address);
        hear("http", 8081, simulator, address);
        hear("https", 8443, simulator, address);
        assertEquals(Optional.of(URI.create("http://127.0.0.1:8080/parley")), address.base());
    }

    @Test
    void a_secure_request_tells_it_until_a_plain_one_comes() {
        LiveAddress address = address(Map.of());
        Simulator simulator = simulator(Map.of());
        hear("https", 8443, simulator, address);
        assertEquals(Optional.of(URI.create("https://127.0.0.1:8443/parley")), address.base());
        hear("http", 8080, simulator, address);
        assertEquals(Optional.of(URI.create("http://127.0.0.1:8080/parley")), address.base());
        hear("https", 8443, simulator, address);
        assertEquals(Optional.of(URI.create("http://127.0.0.1:8080/parley")), address.base());
    }

    @Test
    void a_configured_address_is_told_at_once_and_nothing_is_learned() {
        Map<String, String> settings = Map.of("parley.simulator.address", "http://localhost:9000/voice");
        LiveAddress address = address(settings);
        SimulatorRegistration.tellAddress(simulator(settings), address);
        assertEquals(Optional.of(URI.create("http://localhost:9000/voice")), address.base());
        hear("http", 8080, simulator(settings), address);
        assertEquals(Optional.of(URI.create("http://localhost:9000/voice")), address.base());
    }

    @Test
    void without_a_configured_address_the_start_tells_nothing() {
        LiveAddress address = address(Map.of());
        SimulatorRegistration.tellAddress(simulator(Map.of()), address);
        assertEquals(Optional.empty(), address.base());
    }

    @Test
    void with_a_key_the_endpoint_of_gemini_stays() {
        Map<String, String> settings = Map.of("GEMINI_API_KEY", "k");
        LiveAddress address = address(settings);
        Optional<URI> endpoint = address.base();
        hear("http", 8080, simulator(settings), address);
        assertEquals(endpoint, address.base());
    }

    private void hear(String scheme, int port, Simulator simulator, LiveAddress address) {
        ServletContext context = stub(ServletContext.class, Map.of("getContextPath", "/parley"));
        ServletRequest request = stub(
                ServletRequest.class,
                Map.of(
                        "isSecure",
                        scheme.equals("https"),
                        "getLocalAddr",
                        "127.0.0.1",
                        "getLocalPort",
                        port,
                        "getServletContext",
                        context));
        filter.learn(request, simulator, address);
    }

    private static Simulator simulator(Map<String, String> settings) {
        ManualTime time = new ManualTime();
        return new Simulator(reader(settings), time, time, new ManualExecutor());
    }

    private static LiveAddress address(Map<String, String> settings) {
        return new LiveAddress(reader(settings), new ApiKeys(reader(settings)));
    }

    private static SettingsReader reader(Map<String, String> settings) {
        return new SettingsReader(name -> Optional.ofNullable(settings.get(name)));
    }

    /** An object of the container's that knows these answers only. */
    private static <T> T stub(Class<T> type, Map<String, Object> answers) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (!answers.containsKey(method.getName())) {
                        throw new UnsupportedOperationException(method.toString());
                    }
                    return answers.get(method.getName());
                }));
    }
}
