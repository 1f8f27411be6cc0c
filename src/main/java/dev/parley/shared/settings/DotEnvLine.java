package dev.parley.shared.settings;

import org.jspecify.annotations.Nullable;

/**
 * One line of a {@code .env} file: {@code KEY=VALUE}, with {@code export} before and a comment behind allowed.
 * <ul>
 *   <li>unquoted: as it stands, without white space around it, up to a {@code #} that follows white space;
 *   <li>in single quotes: as it stands, but {@code \'} is a quote and {@code \\} a backslash;
 *   <li>in double quotes: the same with {@code \"}, and {@code \n}, {@code \r}, {@code \t}, {@code \$} as in a shell.
 * </ul>
 * Any other backslash stays. A value does not go on in the next line.
 */
record DotEnvLine(String key, String value) {
    /** The line is none of this; the message never holds a part of it, since that may be a secret. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message);
        }
    }

    private static final String EXPORT = "export";

    /** Null for a blank line and a comment. */
    static @Nullable DotEnvLine parse(String line) throws MalformedException {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return null;
        }
        if (text.startsWith(EXPORT) && text.length() > EXPORT.length() && isSpace(text.charAt(EXPORT.length()))) {
            text = text.substring(EXPORT.length()).strip();
        }
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new MalformedException("has no \"=\"");
        }
        String key = text.substring(0, equals).strip();
        if (!isKey(key)) {
            throw new MalformedException("has no name of letters, digits and _ . - before the \"=\"");
        }
        return new DotEnvLine(key, value(text.substring(equals + 1).strip()));
    }

    private static String value(String text) throws MalformedException {
        if (text.startsWith("\"") || text.startsWith("'")) {
            return quoted(text);
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '#' && (i == 0 || isSpace(text.charAt(i - 1)))) {
                return text.substring(0, i).strip();
            }
        }
        return text;
    }

    private static String quoted(String text) throws MalformedException {
        char quote = text.charAt(0);
        StringBuilder value = new StringBuilder();
        for (int i = 1; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next == quote) {
                String rest = text.substring(i + 1);
                if (rest.isBlank() || (isSpace(rest.charAt(0)) && rest.strip().startsWith("#"))) {
                    return value.toString();
                }
                throw new MalformedException("goes on behind the closing quote");
            }
            if (next == '\\' && i + 1 < text.length()) {
                i++;
                value.append(unescaped(quote, text.charAt(i)));
            } else {
                value.append(next);
            }
        }
        throw new MalformedException("has no closing quote");
    }

    private static String unescaped(char quote, char escaped) {
        if (escaped == quote || escaped == '\\') {
            return String.valueOf(escaped);
        }
        if (quote == '\'') {
            return "\\" + escaped;
        }
        return switch (escaped) {
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case '$' -> "$";
            default -> "\\" + escaped;
        };
    }

    private static boolean isKey(String key) {
        return !key.isEmpty() && key.chars().allMatch(DotEnvLine::isKeyCharacter) && !Character.isDigit(key.charAt(0));
    }

    private static boolean isKeyCharacter(int c) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '.'
                || c == '-';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
