package dev.parley.operations.metrics;

import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Prometheus would read (prometheus.io/docs/instrumenting/exposition_formats). */
public final class MetricsPage {
    private static final Pattern SAMPLE =
            Pattern.compile("^([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(.*)})? (\\S+)$", Pattern.MULTILINE);
    private static final Pattern META = Pattern.compile("^# (HELP|TYPE) (\\S+) (.*)$", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern ROW =
            Pattern.compile("^\\| `(parley_\\w+)` \\| (\\w+) \\| (.*?) \\| (.*) \\|$", Pattern.MULTILINE);

    private final NavigableMap<String, Double> samples = new TreeMap<>();
    private final NavigableMap<String, String> types = new TreeMap<>();
    private final NavigableMap<String, String> helps = new TreeMap<>();
    private final NavigableMap<String, NavigableSet<String>> labels = new TreeMap<>();

    private MetricsPage() {}

    /** Reads a scrape. */
    public static MetricsPage of(String text) {
        MetricsPage page = new MetricsPage();
        Matcher meta = META.matcher(text);
        while (meta.find()) {
            (meta.group(1).equals("HELP") ? page.helps : page.types).put(meta.group(2), meta.group(3));
        }
        Matcher sample = SAMPLE.matcher(text);
        while (sample.find()) {
            String inBraces = sample.group(3) == null ? "" : sample.group(3);
            NavigableMap<String, String> pairs = new TreeMap<>();
            Matcher label = LABEL.matcher(inBraces);
            while (label.find()) {
                pairs.put(label.group(1), label.group(2));
            }
            page.add(sample.group(1), pairs, Double.parseDouble(sample.group(4)));
        }
        return page;
    }

    private void add(String name, NavigableMap<String, String> pairs, double value) {
        String family = types.containsKey(name) ? name : name.replaceAll("_(bucket|count|sum)$", "");
        NavigableSet<String> names = labels.computeIfAbsent(family, none -> new TreeSet<>());
        pairs.keySet().stream().filter(label -> !label.equals("le")).forEach(names::add);
        StringBuilder key = new StringBuilder(name);
        if (!pairs.isEmpty()) {
            key.append('{');
            pairs.forEach(
                    (label, is) -> key.append(label).append("=\"").append(is).append("\","));
            key.setCharAt(key.length() - 1, '}');
        }
        samples.put(key.toString(), value);
    }

    /** Values by name and labels, which are in alphabetical order. */
    public Map<String, Double> samples() {
        return samples;
    }

    /** The names of all families, those of the JVM included. */
    public NavigableSet<String> names() {
        return new TreeSet<>(types.keySet());
    }

    /** Parley's own, each as a row of the table in {@code docs/metrics.md}; Micrometer's {@code _max} of a histogram is no metric. */
    public NavigableSet<String> described() {
        NavigableSet<String> rows = new TreeSet<>();
        types.forEach((name, type) -> {
            boolean max = name.endsWith("_max") && types.containsKey(name.substring(0, name.length() - 4));
            if (name.startsWith("parley_") && !max) {
                rows.add(row(name, type, labels.getOrDefault(name, new TreeSet<>()), helps.getOrDefault(name, "")));
            }
        });
        return rows;
    }

    /** The rows of the table. */
    public static NavigableSet<String> described(String markdown) {
        NavigableSet<String> rows = new TreeSet<>();
        Matcher row = ROW.matcher(markdown);
        while (row.find()) {
            rows.add(row.group());
        }
        return rows;
    }

    private static String row(String name, String type, NavigableSet<String> labels, String help) {
        String shown = labels.isEmpty() ? "" : "`" + String.join("`, `", labels) + "`";
        return "| `" + name + "` | " + type + " | " + shown + " | " + help + " |";
    }
}
