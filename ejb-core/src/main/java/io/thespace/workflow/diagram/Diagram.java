package io.thespace.workflow.diagram;

import io.thespace.workflow.document.StepModel;
import io.thespace.workflow.document.WorkflowModel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws a workflow, and how a run of it stands, as SVG 1.1 in the notation of BPMN; for light and dark pages. */
public final class Diagram {

    private static final int COLUMN = 170;
    private static final int ROW = 110;
    private static final int MARGIN = 30;
    private static final int TASK_WIDTH = 120;
    private static final int TASK_HEIGHT = 60;
    private static final int EVENT = 18;
    private static final int GATEWAY = 24;
    private static final int BOUNDARY = 11;
    private static final int LINE = 17;

    private static final String STYLE = "text{font:12px system-ui,sans-serif;fill:#1d1d1f;text-anchor:middle}"
            + ".shape{fill:#fff;stroke:#55585f;stroke-width:1.5}"
            + ".flow{fill:none;stroke:#55585f;stroke-width:1.5}.tip{fill:#55585f}"
            + ".completed>.shape{fill:#e3f4e6;stroke:#1e7b34}.running>.shape,.waiting>.shape{fill:#dceafd;stroke:#0b57d0;stroke-width:3}"
            + ".failed>.shape{fill:#fde3e1;stroke:#b3261e;stroke-width:3}.cancelled>.shape{stroke-dasharray:4 3}"
            + "@media(prefers-color-scheme:dark){text{fill:#e6e6ea}.shape{fill:#26282d;stroke:#a9adb7}.flow{stroke:#a9adb7}.tip{fill:#a9adb7}"
            + ".completed>.shape{fill:#12351c;stroke:#6fd08a}.running>.shape,.waiting>.shape{fill:#10305c;stroke:#8ab4f8}"
            + ".failed>.shape{fill:#4c1512;stroke:#f2b8b5}}";

    /** The Content-Security-Policy of a page that displays only the diagram: its own style and nothing else. */
    public static final String SECURITY_POLICY =
            "default-src 'none'; style-src 'sha256-" + hash() + "'; frame-ancestors 'none'";

    private final WorkflowModel model;
    private final Map<String, String> states;
    private final Layout layout;
    private final StringBuilder svg = new StringBuilder();

    private Diagram(WorkflowModel model, Map<String, String> states) {
        this.model = model;
        this.states = states;
        this.layout = Layout.of(model);
    }

    /**
     * Renders the diagram.
     *
     * @param states the states of a run's elements, from its history; empty for a workflow without a run
     */
    public static String svg(WorkflowModel model, Map<String, String> states) {
        return new Diagram(model, states).draw();
    }

    private static String hash() {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(STYLE.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private String draw() {
        int width = layout.columns() * COLUMN + 2 * MARGIN;
        int height = layout.rows() * ROW + 2 * MARGIN;
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-labelledby=\"title description\">"
                        .formatted(width, height, width, height));
        svg.append("<title id=\"title\">").append(escaped(model.name())).append("</title>");
        svg.append("<desc id=\"description\">").append(escaped(description())).append("</desc>");
        svg.append("<style>").append(STYLE).append("</style>");
        svg.append(
                        "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\">")
                .append("<path class=\"tip\" d=\"M0 0 8 4 0 8z\"/></marker></defs>");
        layout.arrows().forEach(this::arrow);
        // Boundary events last: they lie on the edges of their steps.
        model.steps().stream().filter(step -> !step.kind().boundary()).forEach(this::element);
        model.steps().stream().filter(step -> step.kind().boundary()).forEach(this::element);
        return svg.append("</svg>").toString();
    }

    private String description() {
        if (states.isEmpty()) {
            return "A workflow of %d elements.".formatted(model.steps().size());
        }
        Map<String, List<String>> byState = new LinkedHashMap<>();
        for (StepModel step : model.steps()) {
            String state = states.get(step.element());
            if (state != null) {
                byState.computeIfAbsent(state, key -> new ArrayList<>()).add(label(step));
            }
        }
        List<String> parts = new ArrayList<>();
        byState.forEach((state, labels) -> parts.add(state + ": " + String.join(", ", labels)));
        return "A run of a workflow. " + String.join("; ", parts) + ".";
    }

    private static String label(StepModel step) {
        return step.name() == null || step.name().isBlank() ? step.element() : step.name();
    }

    // Elements
    // -----------------------------------------------------------------------------------------

    private int x(Layout.Place place) {
        return MARGIN + place.column() * COLUMN + COLUMN / 2;
    }

    private int y(Layout.Place place) {
        return MARGIN + (int) (place.row() * ROW) + ROW / 2;
    }

    private void element(StepModel step) {
        String state = states.get(step.element());
        int x = x(layout.of(step.element()));
        int y = y(layout.of(step.element()));
        svg.append("<g class=\"%s\" data-element=\"%s\">".formatted(state == null ? "element" : state, step.element()));
        svg.append("<title>")
                .append(escaped(label(step) + " (" + step.kind().text() + ")" + (state == null ? "" : ": " + state)))
                .append("</title>");
        switch (step.kind()) {
            case START -> circle(x, y, EVENT, false);
            case END, TERMINATE -> {
                circle(x, y, EVENT, false);
                circle(x, y, EVENT - 4, false);
            }
            case TIMER -> circle(x, y, EVENT, true);
            case EXCLUSIVE, PARALLEL -> gateway(step, x, y);
            case BOUNDARY_TIMER, BOUNDARY_ERROR -> circle(x + boundary(step), y + TASK_HEIGHT / 2, BOUNDARY, true);
            case SERVICE, CALL, TASK, EVENT ->
                svg.append("<rect class=\"shape\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"8\"/>"
                        .formatted(x - TASK_WIDTH / 2, y - TASK_HEIGHT / 2, TASK_WIDTH, TASK_HEIGHT));
        }
        text(step, x, y);
        svg.append("</g>");
    }

    /** The distance of a boundary event from the centre of its step. */
    private int boundary(StepModel event) {
        List<String> all = model.steps().stream()
                .filter(step -> step.kind().boundary() && step.attachedTo().equals(event.attachedTo()))
                .map(StepModel::element)
                .toList();
        int step = TASK_WIDTH / (all.size() + 1);
        return step * (all.indexOf(event.element()) + 1) - TASK_WIDTH / 2;
    }

    private void circle(int x, int y, int radius, boolean dashed) {
        svg.append("<circle class=\"shape\" cx=\"%d\" cy=\"%d\" r=\"%d\"%s/>"
                .formatted(x, y, radius, dashed ? " stroke-dasharray=\"3 2\"" : ""));
    }

    private void gateway(StepModel step, int x, int y) {
        svg.append("<path class=\"shape\" d=\"M%d %d l%d %d l%d %d l%d %dz\"/>"
                .formatted(x - GATEWAY, y, GATEWAY, -GATEWAY, GATEWAY, GATEWAY, -GATEWAY, GATEWAY));
        String sign = step.kind() == StepModel.Kind.PARALLEL
                ? "M%d %d v20 M%d %d h20".formatted(x, y - 10, x - 10, y)
                : "M%d %d l14 14 M%d %d l-14 14".formatted(x - 7, y - 7, x + 7, y - 7);
        svg.append("<path class=\"flow\" d=\"").append(sign).append("\"/>");
    }

    private void text(StepModel step, int x, int y) {
        if (step.kind().boundary()) {
            return;
        }
        boolean inside =
                switch (step.kind()) {
                    case SERVICE, CALL, TASK, EVENT -> true;
                    default -> false;
                };
        if (!inside && (step.name() == null || step.name().isBlank())) {
            return;
        }
        List<String> lines = lines(label(step));
        int top = inside ? y + 4 - (lines.size() - 1) * 7 : y + GATEWAY + 16;
        for (int i = 0; i < lines.size(); i++) {
            svg.append("<text x=\"%d\" y=\"%d\">".formatted(x, top + i * 14))
                    .append(escaped(lines.get(i)))
                    .append("</text>");
        }
    }

    /** At most three lines of a name, broken between words. */
    private static List<String> lines(String name) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : name.strip().split("\\s+", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > LINE) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < Math.min(3, lines.size()); i++) {
            boolean cut = i == 2 && lines.size() > 3;
            int[] points = lines.get(i).codePoints().toArray();
            shown.add(
                    points.length > LINE || cut
                            ? new String(points, 0, Math.min(points.length, LINE - 1)) + "…"
                            : lines.get(i));
        }
        return shown;
    }

    // Arrows
    // -----------------------------------------------------------------------------------------

    private void arrow(Layout.Arrow arrow) {
        StepModel from = model.byElement().get(arrow.flow().from());
        StepModel to = model.byElement().get(arrow.flow().to());
        int x = x(layout.of(from.element()));
        int y = y(layout.of(from.element()));
        int endX = x(layout.of(to.element())) - halfWidth(to);
        int endY = y(layout.of(to.element()));
        StringBuilder path = new StringBuilder();
        if (from.kind().boundary()) {
            x += boundary(from);
            y += TASK_HEIGHT / 2 + BOUNDARY;
            path.append("M%d %d".formatted(x, y));
            y += 10;
            path.append(" V").append(y);
        } else if (!arrow.back()) {
            x += halfWidth(from);
            path.append("M%d %d".formatted(x, y));
        } else {
            path.append("M%d %d".formatted(x, y + halfHeight(from)));
        }
        if (arrow.back()) {
            int below = Math.max(y, endY) + ROW / 2 - 4;
            path.append(" V%d H%d V%d".formatted(below, endX + halfWidth(to), endY + halfHeight(to)));
        } else {
            for (Layout.Place place : arrow.by()) {
                turn(path, x(place) - COLUMN / 2, y(place));
                path.append(" H").append(x(place) + COLUMN / 2 - 20);
            }
            turn(path, endX - 14, endY);
            path.append(" H").append(endX);
        }
        svg.append("<path class=\"flow\" marker-end=\"url(#tip)\" d=\"")
                .append(path)
                .append("\"/>");
    }

    private static void turn(StringBuilder path, int x, int y) {
        path.append(" H%d V%d".formatted(x, y));
    }

    private static int halfWidth(StepModel step) {
        return switch (step.kind()) {
            case SERVICE, CALL, TASK, EVENT -> TASK_WIDTH / 2;
            case EXCLUSIVE, PARALLEL -> GATEWAY;
            default -> EVENT;
        };
    }

    private static int halfHeight(StepModel step) {
        return switch (step.kind()) {
            case SERVICE, CALL, TASK, EVENT -> TASK_HEIGHT / 2;
            case EXCLUSIVE, PARALLEL -> GATEWAY;
            default -> EVENT;
        };
    }

    /** As text of XML 1.0: characters that it cannot hold become spaces. */
    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(point -> {
            switch (point) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                default -> {
                    boolean surrogate = point >= 0xD800 && point <= 0xDFFF;
                    boolean allowed = point >= ' ' && point != 0xFFFE && point != 0xFFFF && !surrogate;
                    safe.appendCodePoint(allowed ? point : ' ');
                }
            }
        });
        return safe.toString();
    }
}
