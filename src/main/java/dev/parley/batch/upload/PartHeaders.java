package dev.parley.batch.upload;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a part says of itself.
 *
 * @param name of the form's field; empty when it has none
 * @param contentType as declared
 */
record PartHeaders(String name, Optional<String> contentType) {
    private static final Pattern NAME =
            Pattern.compile("(?i);\\s*name\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.){0,256})\"|([^\\s;\"]{1,256}))");

    static PartHeaders parse(String lines) {
        String name = "";
        Optional<String> type = Optional.empty();
        for (String line : lines.split("\r\n", -1)) {
            int colon = line.indexOf(':');
            String header = colon < 0 ? "" : line.substring(0, colon).strip();
            if (header.equalsIgnoreCase("Content-Disposition")) {
                Matcher matcher = NAME.matcher(line.substring(colon + 1));
                if (matcher.find()) {
                    name = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
                }
            } else if (header.equalsIgnoreCase("Content-Type")) {
                type = Optional.of(line.substring(colon + 1).strip()).filter(text -> !text.isEmpty());
            }
        }
        return new PartHeaders(name, type);
    }
}
