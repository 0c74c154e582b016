package io.thespace.launcher;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code .http} file as IntelliJ and VS Code read it: {@code ### name}, {@code METHOD url}, headers, a blank line, a
 * body, {@code {{placeholders}}} and {@code @name = value}. Two comments are specific to this project: {@code # expect:
 * 404} and {@code # keep: name = items[0].id}.
 *
 * @param variables of the {@code @} lines
 */
record RequestFile(Map<String, String> variables, List<Request> requests) {

    private static final Pattern VARIABLE = Pattern.compile("@([\\w.-]+)\\s*=\\s*(.*)");
    private static final Pattern LINE = Pattern.compile("([A-Z]+)\\s+(\\S+)(\\s+HTTP/[\\d.]+)?");
    private static final Pattern HEADER = Pattern.compile("([A-Za-z0-9-]+):\\s*(.*)");
    private static final Pattern EXPECT = Pattern.compile("(?:#|//)\\s*expect:\\s*(\\d{3})\\s*");
    private static final Pattern KEEP = Pattern.compile("(?:#|//)\\s*keep:\\s*([\\w.-]+)\\s*=\\s*(\\S+)\\s*");

    /**
     * A request; placeholders are not filled in yet.
     *
     * @param expect the expected status; null for any 2xx
     * @param keep paths into the JSON response, by the name of the variable that stores the value
     */
    record Request(
            String name,
            String method,
            String url,
            Map<String, String> headers,
            String body,
            Integer expect,
            Map<String, String> keep) {}

    /**
     * Reads a file's text.
     *
     * @throws LaunchFailure naming the first line that is none of the above
     */
    static RequestFile parse(String text) {
        Map<String, String> variables = new LinkedHashMap<>();
        List<Request> requests = new ArrayList<>();
        String[] blocks = text.split("(?m)^###", -1);
        for (int i = 0; i < blocks.length; i++) {
            // The text before the first separator has no name.
            Request request = request(blocks[i], variables, i > 0);
            if (request != null) {
                requests.add(request);
            }
        }
        return new RequestFile(Map.copyOf(variables), List.copyOf(requests));
    }

    private static Request request(String block, Map<String, String> variables, boolean named) {
        List<String> lines = List.of(block.split("\\R", -1));
        Draft draft = new Draft();
        lines.subList(named ? 1 : 0, lines.size()).forEach(line -> draft.read(line, variables));
        return draft.method == null ? null : draft.finish(named ? lines.get(0).strip() : "");
    }

    /** A request while its lines are read. */
    private static final class Draft {
        private String method;
        private String url;
        private Integer expect;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private final Map<String, String> keep = new LinkedHashMap<>();
        private StringBuilder body;

        void read(String line, Map<String, String> variables) {
            if (body != null) {
                body.append(line).append('\n');
            } else if (line.startsWith("#") || line.startsWith("//")) {
                readComment(line);
            } else if (line.isBlank()) {
                body = method == null ? null : new StringBuilder();
            } else if (method == null) {
                readFirst(line, variables);
            } else {
                Matcher header = matched(HEADER, line);
                headers.put(header.group(1), header.group(2));
            }
        }

        private void readComment(String line) {
            Matcher expected = EXPECT.matcher(line);
            Matcher kept = KEEP.matcher(line);
            if (expected.matches()) {
                expect = Integer.valueOf(expected.group(1));
            } else if (kept.matches()) {
                keep.put(kept.group(1), kept.group(2));
            }
        }

        private void readFirst(String line, Map<String, String> variables) {
            Matcher variable = VARIABLE.matcher(line);
            if (variable.matches()) {
                variables.put(variable.group(1), variable.group(2).strip());
            } else {
                Matcher request = matched(LINE, line.strip());
                method = request.group(1);
                url = request.group(2);
            }
        }

        private static Matcher matched(Pattern pattern, String line) {
            Matcher matcher = pattern.matcher(line);
            if (!matcher.matches()) {
                throw new LaunchFailure("Not a line of a .http file: " + line);
            }
            return matcher;
        }

        Request finish(String name) {
            String content = body == null ? "" : body.toString().strip();
            return new Request(name.isEmpty() ? method + " " + url : name, method, url, headers, content, expect, keep);
        }
    }

    /**
     * Fills in the placeholders.
     *
     * @throws LaunchFailure naming the placeholder that has no value
     */
    static String fill(String text, Map<String, String> variables) {
        String filled = text;
        // A variable's value may hold placeholders itself, but not without end.
        for (int depth = 0; depth < 5 && filled.contains("{{"); depth++) {
            filled = Pattern.compile("\\{\\{\\s*([$\\w.-]+)\\s*}}")
                    .matcher(filled)
                    .replaceAll(found -> {
                        String value = value(found.group(1), variables);
                        return Matcher.quoteReplacement(value);
                    });
        }
        return filled;
    }

    private static String value(String name, Map<String, String> variables) {
        if (name.equals("$uuid") || name.equals("$random.uuid") || name.equals("$guid")) {
            return UUID.randomUUID().toString();
        }
        if (name.equals("$timestamp")) {
            return String.valueOf(System.currentTimeMillis() / 1000);
        }
        String value = variables.get(name);
        if (value == null) {
            throw new LaunchFailure("{{" + name + "}} has no value.");
        }
        return value;
    }
}
