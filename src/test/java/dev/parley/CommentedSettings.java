package dev.parley;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings of the README's table as a commented {@code parley.properties}. */
final class CommentedSettings {
    private static final Pattern ROW = Pattern.compile("\\| (`(?:parley|GEMINI)[^|]*)\\| ?([^|]*)\\|([^|]*)\\|");
    private static final Pattern NAME = Pattern.compile("`(parley\\.[a-z]+\\.[a-z.-]+|GEMINI_API_KEY)`");
    private static final int WIDTH = 118;

    private final Map<String, String> defaults = new LinkedHashMap<>();
    private final StringBuilder file = new StringBuilder("""
            # Every setting of Parley, with its default. Copy this file into the server's working directory and take the # away
            # where you want something else. The environment and a file .env beside this one win against it. Lengths of time are
            # written 250ms, 90s, 15m, 2h. A value that makes no sense stops deployment with its name and what is allowed.
            # Made from the table in the README.
            """);

    CommentedSettings(String readme) {
        readme.lines().forEach(line -> {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                add(names(row.group(1)), row.group(2).strip(), row.group(3).strip());
            }
        });
    }

    /** Name and default, in the spelling of {@link DefaultsInCode}. */
    Map<String, String> defaults() {
        return defaults;
    }

    @Override
    public String toString() {
        return file.toString();
    }

    private void add(List<String> names, String given, String meaning) {
        String plain = given.replace("`", "");
        String[] each = plain.split(", ", -1);
        List<String> comment = new ArrayList<>();
        wrap(sentence(meaning).replace("`", "").replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1"), comment);
        comment.add("Default: " + (plain.isEmpty() ? "none" : plain));
        file.append('\n');
        comment.forEach(line -> file.append("# ").append(line).append('\n'));
        for (int index = 0; index < names.size(); index++) {
            String value = each.length == names.size() ? each[index] : plain;
            String name = names.get(index);
            defaults.put(name, DefaultsInCode.documented(value));
            boolean secret = name.equals("GEMINI_API_KEY");
            file.append('#')
                    .append(secret ? "parley.gemini.key" : name)
                    .append('=')
                    .append(assignable(given, value))
                    .append('\n');
        }
    }

    /** What can be written after the equals sign; nothing where the default is told in words. */
    private static String assignable(String given, String value) {
        String spelled = DefaultsInCode.documented(value);
        if (spelled.endsWith(" ms")) {
            return value;
        }
        return spelled.matches("\\d+") || given.contains("`" + value + "`") ? spelled : "";
    }

    private static List<String> names(String cell) {
        List<String> names = new ArrayList<>();
        Matcher matcher = NAME.matcher(cell);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** What begins with code keeps its spelling. */
    private static String sentence(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
    }

    private static void wrap(String text, List<String> lines) {
        String rest = text;
        while (rest.length() > WIDTH) {
            int end = rest.lastIndexOf(' ', WIDTH);
            lines.add(rest.substring(0, end));
            rest = rest.substring(end + 1);
        }
        lines.add(rest);
    }
}
