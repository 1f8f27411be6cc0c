package dev.parley;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The defaults that are written as plain values where a setting is read, in one spelling for code and documentation. */
final class DefaultsInCode {
    private static final Pattern READING = Pattern.compile(
            "\\.(integer|number|duration|choice|flag)\\(\\s*"
                    + "\"(parley\\.[a-z.-]+)\",\\s*(Duration\\.\\w+(?:\\(\\d+\\))?|\"[^\"]+\"|true|false|\\d[\\d_]*(?: << \\d+)?)\\s*,?");
    private static final Pattern DURATION =
            Pattern.compile("Duration\\.of(Millis|Seconds|Minutes|Hours|Days)\\((\\d+)\\)");
    private static final Pattern TIME = Pattern.compile("(\\d+)(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d+) (KiB|MiB)( each)?");

    private DefaultsInCode() {}

    /** Name and default of every setting that this source reads with a plain value. */
    static Map<String, String> of(String source) {
        Map<String, String> found = new TreeMap<>();
        Matcher matcher = READING.matcher(source);
        while (matcher.find()) {
            found.put(matcher.group(2), code(matcher.group(3)));
        }
        return found;
    }

    private static String code(String expression) {
        if (expression.equals("Duration.ZERO")) {
            return "0 ms";
        }
        Matcher duration = DURATION.matcher(expression);
        if (duration.matches()) {
            long amount = Long.parseLong(duration.group(2));
            return millis(
                    amount,
                    duration.group(1).equals("Millis")
                            ? "ms"
                            : duration.group(1).substring(0, 1));
        }
        if (Character.isDigit(expression.charAt(0))) {
            String[] shifted = expression.replace("_", "").split(" << ", -1);
            return "" + (Long.parseLong(shifted[0]) << (shifted.length > 1 ? Integer.parseInt(shifted[1]) : 0));
        }
        return expression.replace("\"", "");
    }

    /** The same spelling of what a person reads: {@code 15m}, {@code 4 000 000}, {@code 512 KiB}. */
    static String documented(String text) {
        Matcher time = TIME.matcher(text);
        if (time.matches()) {
            return millis(Long.parseLong(time.group(1)), time.group(2));
        }
        Matcher size = SIZE.matcher(text);
        if (size.matches()) {
            return "" + (Long.parseLong(size.group(1)) << (size.group(2).equals("KiB") ? 10 : 20));
        }
        return text.matches("[\\d ]+") ? text.replace(" ", "") : text;
    }

    private static String millis(long amount, String unit) {
        Duration length =
                switch (unit) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s", "S" -> Duration.ofSeconds(amount);
                    case "m", "M" -> Duration.ofMinutes(amount);
                    case "h", "H" -> Duration.ofHours(amount);
                    default -> Duration.ofDays(amount);
                };
        return length.toMillis() + " ms";
    }
}
