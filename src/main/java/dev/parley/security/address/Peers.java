package dev.parley.security.address;

import dev.parley.shared.settings.SettingsReader;
import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds who sent a request. Anybody can write {@code X-Forwarded-For}, so what it says counts only as far as the chain of
 * configured proxies reaches: from the right, the first address that is none of them. Immutable.
 */
public final class Peers {
    private static final String PROPERTY = "parley.security.trusted-proxies";

    /** What proxies add; with one of these a request does not come from this machine, whatever its address is. */
    private static final List<String> FORWARDED = List.of("Forwarded", "X-Real-IP", "Via");

    private static final String FORWARDED_TOO = "x-forwarded-";

    /** What proxies speak that were told nothing, and no browser or tool of today does. */
    private static final String OF_PROXIES = "HTTP/1.0";

    private static final int IPV6_COUNTED_BYTES = 8;

    private final List<AddressRange> proxies;

    private Peers(List<AddressRange> proxies) {
        this.proxies = proxies;
    }

    /** Reads {@code parley.security.trusted-proxies}: addresses and blocks such as {@code 10.0.0.0/8}. */
    public static Peers read(SettingsReader settings) {
        List<AddressRange> ranges = new ArrayList<>();
        for (String text : settings.list(PROPERTY)) {
            ranges.add(AddressRange.parse(text)
                    .orElseThrow(() -> settings.refuse(
                            PROPERTY, text, "a list of addresses or blocks such as 10.1.2.3, 10.0.0.0/8")));
        }
        return new Peers(List.copyOf(ranges));
    }

    /** Who sent it. */
    public Peer of(HttpServletRequest request) {
        Optional<InetAddress> direct = AddressRange.literal(String.valueOf(request.getRemoteAddr()));
        if (direct.isEmpty()) { // a socket of another kind: all of it counts as one
            return new Peer("unknown", "unknown", false, request.isSecure());
        }
        boolean proxied = isProxy(direct.get());
        InetAddress client = proxied ? client(request, direct.get()) : direct.get();
        return new Peer(
                client.getHostAddress(),
                countedAs(client),
                direct.get().isLoopbackAddress() && !isPassedOn(request),
                proxied ? isForwardedSecure(request) : request.isSecure());
    }

    private static boolean isPassedOn(HttpServletRequest request) {
        return OF_PROXIES.equals(request.getProtocol())
                || FORWARDED.stream().anyMatch(header -> request.getHeader(header) != null)
                || Collections.list(request.getHeaderNames()).stream()
                        .anyMatch(header -> header.toLowerCase(Locale.ROOT).startsWith(FORWARDED_TOO));
    }

    private InetAddress client(HttpServletRequest request, InetAddress direct) {
        List<String> chain = new ArrayList<>();
        for (String header : Collections.list(request.getHeaders("X-Forwarded-For"))) {
            chain.addAll(Arrays.asList(header.split(",")));
        }
        InetAddress last = direct;
        for (int i = chain.size() - 1; i >= 0 && isProxy(last); i--) {
            Optional<InetAddress> before = AddressRange.literal(chain.get(i).strip());
            if (before.isEmpty()) {
                break;
            }
            last = before.get();
        }
        return last;
    }

    private boolean isProxy(InetAddress address) {
        return proxies.stream().anyMatch(range -> range.contains(address));
    }

    private static boolean isForwardedSecure(HttpServletRequest request) {
        String scheme = request.getHeader("X-Forwarded-Proto");
        return scheme == null ? request.isSecure() : scheme.strip().equalsIgnoreCase("https");
    }

    private static String countedAs(InetAddress address) {
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(address.getAddress(), 0, IPV6_COUNTED_BYTES)
                : address.getHostAddress();
    }
}
