package dev.parley.it.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was seen, address by address and caller by caller, as the table that {@code docs/security.md} has. */
final class AccessTable {
    private final String mode;
    private final List<String> callers;
    private final Map<String, List<String>> rows = new LinkedHashMap<>();

    AccessTable(String mode, List<String> callers) {
        this.mode = mode;
        this.callers = callers;
    }

    void add(String address, List<String> verdicts) {
        rows.put(address, verdicts);
    }

    /** Writes it below {@code target/it}. */
    void write() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("| " + mode + " | " + String.join(" | ", callers) + " |");
        lines.add("|---" + "|---".repeat(callers.size()) + "|");
        rows.forEach((address, verdicts) -> lines.add("| `" + address + "` | " + String.join(" | ", verdicts) + " |"));
        Path file = Path.of("target", "it", "access-" + mode + ".md");
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
    }
}
