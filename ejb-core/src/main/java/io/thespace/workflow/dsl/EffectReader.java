package io.thespace.workflow.dsl;

import io.thespace.workflow.document.StepModel;
import io.thespace.workflow.document.StepModel.Kind;
import io.thespace.workflow.dsl.TaskReader.Read;
import io.thespace.workflow.dsl.TaskReader.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what tasks do: calls, events, errors, data, and what they wait for. */
final class EffectReader {

    private static final Pattern ACTION = Pattern.compile("[a-z][a-z0-9_-]{0,62}\\.[a-z][a-z0-9_]{0,62}");
    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)}");
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final Set<String> SERVICES = Set.of("emit", "raise", "run", "set");
    private static final Set<String> PROTOCOLS = Set.of("asyncapi", "grpc", "openapi", "a2a", "mcp");

    private static final String TIMEOUT =
            "{type: \"https://serverlessworkflow.io/spec/1.0.0/errors/timeout\", status: 408, title: \"Timeout\"}";

    private final Graph graph;
    private final CatchReader catches;
    private final Place use;
    private final EventReader events = new EventReader();

    EffectReader(Graph graph, CatchReader catches, Place use) {
        this.graph = graph;
        this.catches = catches;
        this.use = use;
    }

    /** Whether a task is one step that does something. */
    boolean isService(Task task) {
        return SERVICES.contains(task.type()) || (task.type().equals("call") && !approves(task));
    }

    /** Whether a task waits for an event that may not occur. */
    boolean waits(Task task) {
        Place all = task.place().at("listen").at("to").at("all");
        return switch (task.type()) {
            case "listen" -> all.node().size() < 2;
            case "run" -> RunReader.awaits(task);
            default -> approves(task);
        };
    }

    private static boolean approves(Task task) {
        return task.place().at("call").node().asText().equals("approval");
    }

    // Steps that do something
    // -----------------------------------------------------------------------------------------

    Step service(Task task, List<Exit> in) {
        Kind kind = task.type().equals("run") ? Kind.CALL : Kind.SERVICE;
        Step step = graph.add(task.name(), kind, task.name(), task.place(), task.scope(), in);
        step.name = task.name();
        switch (task.type()) {
            case "emit" -> emit(task, step);
            case "raise" -> raise(task, step);
            case "set" -> set(task, step);
            case "run" -> RunReader.read(task, step);
            default -> call(task, step);
        }
        return step;
    }

    private static void set(Task task, Step step) {
        Place set = task.place().at("set");
        step.computes = true;
        if (set.node().isObject() && !set.node().isEmpty()) {
            step.input = JqText.template(set, task.scope().variables());
        } else if (set.node().isTextual()) {
            step.input = JqText.expression(set, task.scope().variables());
        } else {
            set.refuse("must be an object that is not empty, or an expression");
        }
    }

    private static void emit(Task task, Step step) {
        Place emit = task.place().at("emit");
        if (!emit.object("event") || !emit.at("event").object("with")) {
            return;
        }
        Place with = emit.at("event").at("with");
        if (!with.object("id", "source", "type", "time", "subject", "datacontenttype", "dataschema", "data")) {
            return;
        }
        for (String member : List.of("id", "time", "datacontenttype", "dataschema")) {
            with.at(member).notSupported("the platform sets it");
        }
        String source = with.at("source").text();
        if (source != null && !source.equals(EventReader.SOURCE)) {
            with.at("source").notSupported("the source of events of workflows is " + EventReader.SOURCE);
        }
        step.event = EventReader.type(with.at("type"));
        step.subject = with.has("subject")
                ? JqText.template(with.at("subject"), task.scope().variables())
                : null;
        step.input = input(with.at("data"), task.scope());
    }

    private void raise(Task task, Step step) {
        Place raise = task.place().at("raise");
        step.raises = true;
        if (!raise.object("error")) {
            return;
        }
        Place error = raise.at("error");
        if (error.node().isTextual()) {
            error = use.at("errors").at(error.node().textValue());
            if (error.node().isMissingNode()) {
                raise.at("error").refuse("names no error of use.errors");
                return;
            }
        }
        if (!error.object("type", "status", "title", "detail", "instance")) {
            return;
        }
        error.at("type").needed();
        if (!error.at("status").node().isInt()) {
            error.at("status").refuse("must be a whole number");
        }
        error.at("instance").notSupported("it is the place of the task");
        step.input = JqText.template(error, task.scope().variables());
    }

    private void call(Task task, Step step) {
        Place call = task.place().at("call");
        String function = call.needed();
        Place with = task.place().at("with");
        switch (function) {
            case "http" -> http(task, step);
            case "action" -> action(task, step);
            case "model" -> {
                step.model = true;
                step.input = with.object("model", "prompt", "temperature", "max_tokens", "system", "stream")
                        ? JqText.template(with, task.scope().variables())
                        : null;
            }
            default ->
                call.notSupported(
                        PROTOCOLS.contains(function)
                                ? "call http goes by a route of the gateway, and call action to a plugin"
                                : "the functions are http, action, model and approval");
        }
    }

    private static void action(Task task, Step step) {
        Place with = task.place().at("with");
        if (!with.object("plugin", "action", "params")) {
            return;
        }
        String plugin = with.at("plugin").needed();
        String action = with.at("action").needed();
        if (!plugin.isEmpty()
                && !action.isEmpty()
                && !ACTION.matcher(plugin + "." + action).matches()) {
            with.refuse("needs plugin and action as the plugin declares them");
        }
        step.action = plugin + "." + action;
        step.input = input(with.at("params"), task.scope());
    }

    private static void http(Task task, Step step) {
        Place with = task.place().at("with");
        if (!with.object("method", "endpoint", "headers", "body", "query", "output", "redirect")) {
            return;
        }
        with.at("headers").notSupported("the route of the gateway sets them");
        with.at("redirect").notSupported("a redirection is an error");
        String output = with.at("output").text();
        if (output != null && !output.equals("content")) {
            with.at("output").notSupported("the output is the content");
        }
        String method = with.at("method").needed().toUpperCase(Locale.ROOT);
        if (!METHODS.contains(method)) {
            with.at("method").refuse("must be one of get, post, put, patch and delete");
        }
        step.http = new StepModel.Http(method, path(with, task.scope()));
        step.input = input(with.at("body"), task.scope());
    }

    /** The path behind {@code /api/v1/gateway}, with the query. */
    private static String path(Place with, Scope scope) {
        Place endpoint = with.at("endpoint");
        if (endpoint.node().isObject()) {
            endpoint.object("uri", "authentication");
            endpoint.at("authentication").notSupported("the route of the gateway has the credentials");
            endpoint = endpoint.at("uri");
        }
        String uri = endpoint.node().asText();
        String path;
        if (uri.strip().startsWith("${")) {
            path = JqText.expression(endpoint, scope.variables());
        } else if (uri.startsWith("/")) {
            path = filled(endpoint, uri);
        } else {
            endpoint.refuse(
                    "must be the path of a route of the gateway, such as /crm/customers/{id}: the route has the address");
            return ".";
        }
        Place query = with.at("query");
        if (query.node().isMissingNode()) {
            return path;
        }
        String values = query.node().isObject()
                ? JqText.template(query, scope.variables())
                : JqText.expression(query, scope.variables());
        return "(%s) + ((%s) | to_entries | map(\"\\(.key | @uri)=\\(.value | tostring | @uri)\") | join(\"&\") | if . == \"\" then . else \"?\" + . end)"
                .formatted(path, values);
    }

    /** A URI template of RFC 6570, level 1. */
    private static String filled(Place place, String uri) {
        Matcher variables = VARIABLE.matcher(uri);
        StringBuilder path = new StringBuilder();
        int at = 0;
        while (variables.find()) {
            path.append(JqText.quoted(uri.substring(at, variables.start())))
                    .append(" + (.")
                    .append(variables.group(1))
                    .append(" | tostring | @uri) + ");
            at = variables.end();
        }
        String rest = uri.substring(at);
        if (VARIABLE.matcher(uri).replaceAll("").matches(".*[{}].*")) {
            place.refuse("has braces that are not a variable such as {id}");
        }
        return path.append(JqText.quoted(rest)).toString();
    }

    /** An object with expressions in it, or the expression of one; an empty object when there is none. */
    static String input(Place place, Scope scope) {
        if (place.node().isMissingNode()) {
            return "{}";
        }
        if (!place.node().isObject() && !place.node().asText().strip().startsWith("${")) {
            place.refuse("must be an object, or an expression ${ … }");
        }
        return JqText.template(place, scope.variables());
    }

    // Steps that wait
    // -----------------------------------------------------------------------------------------

    /**
     * Reads a task that waits.
     *
     * @param as the transformation of its raw output into its output; null for none
     */
    Read waiting(Task task, List<Exit> in, String as) {
        return switch (task.type()) {
            case "wait" -> {
                Step step = step(task, task.name(), Kind.TIMER, in);
                step.timer = Durations.read(task.place().at("wait"));
                yield new Read(step.element, Exit.of(step));
            }
            case "listen" -> listen(task, in, as);
            default -> approval(task, in);
        };
    }

    private Step step(Task task, String element, Kind kind, List<Exit> in) {
        Step step = graph.add(element, kind, task.name(), task.place(), task.scope(), in);
        step.name = task.name();
        return step;
    }

    private Read approval(Task task, List<Exit> in) {
        Step step = step(task, task.name(), Kind.TASK, in);
        step.bearing = true;
        Place with = task.place().at("with");
        if (with.node().isMissingNode() || with.object("name", "role", "assignee", "due", "exclude")) {
            String name = with.at("name").text();
            step.name = name == null ? task.name() : name;
            if (step.name.length() > 200) {
                with.at("name").refuse("is longer than 200 characters");
            }
            step.due = Durations.read(with.at("due"));
            step.assignee = user(with.at("assignee"));
            step.role = with.at("role").text();
            if (step.role == null && !with.has("assignee")) {
                step.role = "user";
            }
            if (step.role != null && !Set.of("user", "admin").contains(step.role)) {
                with.at("role").refuse("must be user or admin");
            }
            String exclude = with.at("exclude").text();
            step.excludesStarter = exclude != null;
            if (exclude != null && !exclude.equals("starter")) {
                with.at("exclude").refuse("must be starter");
            }
        }
        return new Read(step.element, late(task, step));
    }

    private static UUID user(Place place) {
        String text = place.text();
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            place.refuse("must be a user's id");
            return null;
        }
    }

    private Read listen(Task task, List<Exit> in, String as) {
        Place listen = task.place().at("listen");
        task.place().at("foreach").notSupported("a task listens to a fixed number of events");
        if (!listen.object("to", "read")) {
            return new Read("", in);
        }
        String read = listen.at("read").text();
        if (read != null && !Set.of("data", "envelope").contains(read)) {
            listen.at("read").notSupported("events are read as data or envelope");
        }
        List<Place> filters = events.filters(listen.at("to"));
        List<Exit> exits = in;
        List<Step> steps = new ArrayList<>();
        for (Place filter : filters) {
            String element = filters.size() == 1 ? task.name() : task.name() + "." + (steps.size() + 1);
            Step step = step(task, element, Kind.EVENT, exits);
            step.awaited = events.awaited(filter, task.scope());
            steps.add(step);
            exits = filters.size() == 1 ? late(task, step) : Exit.of(step);
        }
        if (steps.isEmpty()) {
            return new Read("", in);
        }
        Step out = graph.compute(
                task.name() + ".out",
                "envelope".equals(read) ? "." : "map(.data)",
                task.name(),
                task.place(),
                task.scope(),
                exits);
        out.branches = steps.stream().map(step -> List.of(step.element)).toList();
        out.bearing = true;
        out.as = as;
        out.inputOf = steps.get(0);
        return new Read(steps.get(0).element, Exit.of(out));
    }

    /** The exits of a task of one step. */
    List<Exit> exits(Task task, Step step) {
        return waits(task) ? late(task, step) : Exit.of(step);
    }

    /** Has a time limit of a step that waits raise an error. */
    private List<Exit> late(Task task, Step step) {
        Place timeout = task.place().at("timeout");
        if (timeout.node().isTextual()) {
            timeout = use.at("timeouts").at(timeout.node().textValue());
            if (timeout.node().isMissingNode()) {
                task.place().at("timeout").refuse("names no time limit of use.timeouts");
            }
        }
        if (timeout.node().isMissingNode() || !timeout.object("after")) {
            return Exit.of(step);
        }
        Step event = graph.add(
                task.name() + ".timeout", Kind.BOUNDARY_TIMER, task.name(), task.place(), task.scope(), List.of());
        event.attachedTo = step.element;
        event.timer = Durations.read(timeout.at("after"));
        if (event.timer == null) {
            timeout.at("after").refuse("is needed");
        }
        Step late =
                graph.add(task.name() + ".late", Kind.SERVICE, task.name(), task.place(), task.scope(), Exit.of(event));
        late.raises = true;
        late.input = TIMEOUT;
        catches.attach(late);
        List<Exit> exits = new ArrayList<>(Exit.of(step));
        exits.addAll(Exit.of(late));
        return exits;
    }
}
