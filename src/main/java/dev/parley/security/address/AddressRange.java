package dev.parley.security.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** A block of addresses such as {@code 10.0.0.0/8} (RFC 4632, RFC 4291 §2.3), or one address. Immutable. */
final class AddressRange {
    /** Nothing that would be asked of a name server. */
    private static final Pattern LITERAL = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private final byte[] first;
    private final int bits;

    private AddressRange(byte[] first, int bits) {
        this.first = first;
        this.bits = bits;
    }

    /** Empty when it is not one. */
    static Optional<AddressRange> parse(String text) {
        String[] parts = text.split("/", 2);
        return literal(parts[0]).flatMap(address -> {
            int longest = address.getAddress().length * 8;
            int bits = parts.length == 1 ? longest : number(parts[1]);
            return bits >= 0 && bits <= longest
                    ? Optional.of(new AddressRange(address.getAddress(), bits))
                    : Optional.empty();
        });
    }

    /** The address that a text spells out; a zone (RFC 4007 §11) is left out. */
    static Optional<InetAddress> literal(String text) {
        int zone = text.indexOf('%');
        String bare = zone < 0 ? text : text.substring(0, zone);
        if (!LITERAL.matcher(bare).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(bare));
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress address) {
        byte[] other = address.getAddress();
        if (other.length != first.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((first[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text) {
        return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
    }
}
