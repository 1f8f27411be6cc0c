package dev.parley.page.recording;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a browser sends as {@code multipart/form-data} (RFC 7578), taken apart. */
final class MultipartForm {
    private static final Pattern NAME = Pattern.compile("; name=\"([^\"]*)\"");
    private static final Pattern FILE_NAME = Pattern.compile("filename=\"([^\"]*)\"");
    private static final Pattern TYPE = Pattern.compile("(?i)content-type: *([^\r\n]+)");

    private final Map<String, byte[]> parts = new LinkedHashMap<>();
    private String fileName = "";
    private String fileType = "";

    MultipartForm(String contentType, byte[] body) {
        byte[] boundary = ("--" + contentType.substring(contentType.indexOf("boundary=") + "boundary=".length()))
                .getBytes(StandardCharsets.US_ASCII);
        byte[] blank = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        int part = find(body, boundary, 0);
        for (int next = find(body, boundary, part + boundary.length);
                next >= 0;
                next = find(body, boundary, part + boundary.length)) {
            int content = find(body, blank, part) + blank.length;
            String head = new String(Arrays.copyOfRange(body, part + boundary.length, content), StandardCharsets.UTF_8);
            parts.put(group(NAME, head), Arrays.copyOfRange(body, content, next - 2));
            if (head.contains("filename=")) {
                fileName = group(FILE_NAME, head);
                fileType = group(TYPE, head);
            }
            part = next;
        }
    }

    /** The names of the parts, in the order in which they came. */
    String names() {
        return String.join(" ", parts.keySet());
    }

    String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    byte[] bytes(String name) {
        return Objects.requireNonNull(parts.get(name), () -> "no part " + name + " among " + names());
    }

    String fileName() {
        return fileName;
    }

    String fileType() {
        return fileType;
    }

    private static String group(Pattern pattern, String head) {
        Matcher matcher = pattern.matcher(head);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static int find(byte[] body, byte[] wanted, int from) {
        for (int at = Math.max(0, from); at <= body.length - wanted.length; at++) {
            if (Arrays.equals(body, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }
}
