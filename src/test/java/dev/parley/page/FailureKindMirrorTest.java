package dev.parley.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.shared.failure.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page's failure table says the same as the server's. */
class FailureKindMirrorTest {
    private static final Path TABLE = Path.of("src/main/webapp/app/transport/failure-kind.js");
    /** One row, with its two sentences; anything between the braces that is not in this form fails the test. */
    private static final Pattern ROW = Pattern.compile(
            " {2}(?<name>[A-Z_]+): \\{ closeCode: (?<code>\\d+), "
                    + "httpStatus: (?<status>\\d+), retryable: (?<retryable>true|false), happened: '[^']+', advice: '[^']+' },");

    private record Row(String name, int closeCode, int httpStatus, boolean retryable) {}

    @Test
    void the_page_knows_every_failure_by_name_code_status_and_retryability() throws IOException {
        List<Row> expected = Stream.of(FailureKind.values())
                .map(kind -> new Row(kind.name(), kind.closeCode(), kind.httpStatus(), kind.retryable()))
                .toList();

        assertEquals(expected, rows(Files.readString(TABLE)));
    }

    private static List<Row> rows(String source) {
        String start = "Object.freeze({\n";
        int from = source.indexOf(start) + start.length();
        List<Row> rows = new ArrayList<>();
        for (String line : source.substring(from, source.indexOf("\n});", from)).split("\n", -1)) {
            Matcher row = ROW.matcher(line);
            assertEquals(true, row.matches(), "Not a row of the table: " + line);
            rows.add(new Row(
                    row.group("name"),
                    Integer.parseInt(row.group("code")),
                    Integer.parseInt(row.group("status")),
                    Boolean.parseBoolean(row.group("retryable"))));
        }
        return rows;
    }
}
