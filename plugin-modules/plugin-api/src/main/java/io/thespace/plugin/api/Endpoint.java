package io.thespace.plugin.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An endpoint, declared once as data. Routing, roles, decoding, validation, idempotency, OpenAPI and discovery all follow
 * from it.
 *
 * @param <B> the request body's type; {@code Void} for none
 * @param path below the plugin's root, starting with a slash, with parameters in braces: {@code /transactions/{id}}
 * @param summary a few words
 * @param description some sentences: what it does, and what its refusals mean
 * @param bodyType a record; its components are the body's members in {@code snake_case}, constrained by Jakarta
 *     Validation annotations
 * @param bodyExample a valid body; null without a body
 * @param answer the response
 * @param role the minimum role of callers; null when no credentials are needed
 * @param permission a permission that callers need; null for none
 * @param refusals the error codes of the handler, in addition to the platform's own
 * @param upload the name of the form field with a file, when the body may be sent as {@code multipart/form-data}: the
 *     form's other fields are then the body's members. Null for JSON only.
 * @param action the name, unique in its plugin, by which workflows and the gateway can call it too, with its parameters
 *     and its body's members as one object; null when it is available at its path only
 * @param tool whether it is also an MCP tool, named after its action
 * @param resource whether it is also an MCP resource, whose URI is {@code space://} and its path
 * @param prompt whether it is also an MCP prompt, named after its action: its parameters are the prompt's arguments,
 *     and the text, or the messages ({@link Content#MCP}), of its response are the prompt
 * @param destructive whether the caller cannot undo its effect, such as a payment: MCP clients are warned, and the tool
 *     requires an idempotency key if the endpoint accepts one
 * @param rehearsed whether the platform may probe it with its examples in a transaction that is rolled back: all its
 *     effects are in the database
 * @param ownTransactions whether the handler runs transactions of its own, or waits for something outside the database. All
 *     others run in one transaction, which their audit record joins; this one's record follows it.
 * @param limit the rate limit that its calls count against
 * @param idempotent whether the call may carry an {@code Idempotency-Key} and is then executed once
 * @param handler the implementation; null for an endpoint of the platform whose protocol adapter streams the response
 */
public record Endpoint<B>(
        Method method,
        String path,
        String summary,
        String description,
        List<Parameter> parameters,
        Class<B> bodyType,
        B bodyExample,
        Shape answer,
        Role role,
        Permission permission,
        List<ErrorCode> refusals,
        boolean idempotent,
        boolean deprecated,
        boolean rehearsed,
        boolean ownTransactions,
        LimitClass limit,
        String upload,
        String action,
        boolean tool,
        boolean resource,
        boolean prompt,
        boolean destructive,
        Implementation implementation,
        Handler<B> handler) {

    private static final Pattern PATH_PARAMETER = Pattern.compile("\\{([a-z_]+)}");
    private static final Pattern ACTION = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    public Endpoint {
        parameters = List.copyOf(parameters);
        refusals = List.copyOf(refusals);
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("The path of an endpoint starts with a slash: " + path);
        }
        if (summary.isBlank()) {
            throw new IllegalArgumentException(method + " " + path + " needs a summary");
        }
        if (action != null && !ACTION.matcher(action).matches()) {
            throw new IllegalArgumentException(
                    "The action %s is not a name in snake_case of up to 63 characters".formatted(action));
        }
        if (tool && action == null) {
            throw new IllegalArgumentException(method + " " + path + " is a tool and needs an action's name");
        }
        if (resource && method != Method.GET) {
            throw new IllegalArgumentException(method + " " + path + " is a resource, which is read with GET");
        }
        if (prompt
                && (action == null
                        || method != Method.GET
                        || answer.form() != Shape.Form.CONTENT
                        || !(answer.mediaType().startsWith("text/")
                                || answer.mediaType().equals(Content.MCP)))) {
            throw new IllegalArgumentException(method + " " + path
                    + " is a prompt: it is read with GET, answers with text or messages and needs an action's name");
        }
        Matcher names = PATH_PARAMETER.matcher(path);
        while (names.find()) {
            String name = names.group(1);
            if (parameters.stream().noneMatch(p -> p.in().path() && p.name().equals(name))) {
                throw new IllegalArgumentException(method + " " + path + " does not declare its parameter " + name);
            }
        }
        for (Parameter parameter : parameters) {
            if (parameter.in() == Parameter.In.TAIL && !path.endsWith("/{" + parameter.name() + "}")) {
                throw new IllegalArgumentException(
                        method + " " + path + " has its tail " + parameter.name() + " elsewhere than at its end");
            }
        }
    }

    /** Whether the path's last parameter takes all the rest of the path. */
    public boolean hasTail() {
        return parameters.stream().anyMatch(p -> p.in() == Parameter.In.TAIL);
    }

    /**
     * The response of an endpoint.
     *
     * @param form one value, a bounded list, a cursor page, a body that is not JSON, or nothing
     * @param type the value's or the item's record; null unless the form has one
     * @param mediaType of the body
     * @param status of a success, for example 200
     * @param example a value or item for the documentation; null for none
     */
    public record Shape(Form form, Class<?> type, String mediaType, int status, Object example) {

        /** The kind of response body. */
        public enum Form {
            ONE,
            LIST,
            PAGE,
            CONTENT,
            NONE
        }
    }

    public static Builder<Void> get(String path) {
        return new Builder<>(Method.GET, path, Void.class);
    }

    public static Builder<Void> post(String path) {
        return new Builder<>(Method.POST, path, Void.class);
    }

    public static Builder<Void> put(String path) {
        return new Builder<>(Method.PUT, path, Void.class);
    }

    public static Builder<Void> patch(String path) {
        return new Builder<>(Method.PATCH, path, Void.class);
    }

    public static Builder<Void> delete(String path) {
        return new Builder<>(Method.DELETE, path, Void.class);
    }

    /** Gathers an endpoint's declaration; {@link #handler} ends it. */
    public static final class Builder<B> {
        private static final String JSON = "application/json";

        private final Method method;
        private final String path;
        private final Class<B> bodyType;
        private final B bodyExample;
        private final List<Parameter> parameters = new ArrayList<>();
        private final List<ErrorCode> refusals = new ArrayList<>();
        private String summary = "";
        private String description = "";
        private Shape answer = new Shape(Shape.Form.NONE, null, null, 204, null);
        private Role role = Role.USER;
        private Permission permission;
        private boolean idempotent;
        private boolean deprecated;
        private boolean rehearsed;
        private boolean ownTransactions;
        private LimitClass limit;
        private String upload;
        private String action;
        private boolean tool;
        private boolean resource;
        private boolean prompt;
        private boolean destructive;
        private Implementation implementation = Implementation.IMPLEMENTED;

        private Builder(Method method, String path, Class<B> bodyType) {
            this.method = method;
            this.path = path;
            this.bodyType = bodyType;
            this.bodyExample = null;
            this.limit = method == Method.GET ? LimitClass.READ : LimitClass.WRITE;
        }

        private Builder(Builder<?> before, Class<B> bodyType, B bodyExample) {
            this.method = before.method;
            this.path = before.path;
            this.bodyType = bodyType;
            this.bodyExample = bodyExample;
            this.parameters.addAll(before.parameters);
            this.refusals.addAll(before.refusals);
            this.summary = before.summary;
            this.description = before.description;
            this.answer = before.answer;
            this.role = before.role;
            this.permission = before.permission;
            this.idempotent = before.idempotent;
            this.deprecated = before.deprecated;
            this.rehearsed = before.rehearsed;
            this.ownTransactions = before.ownTransactions;
            this.limit = before.limit;
            this.upload = before.upload;
            this.action = before.action;
            this.tool = before.tool;
            this.resource = before.resource;
            this.prompt = before.prompt;
            this.destructive = before.destructive;
            this.implementation = before.implementation;
        }

        /** The request body's record, and a body that works. */
        public <N> Builder<N> body(Class<N> type, N example) {
            return new Builder<>(this, type, example);
        }

        public Builder<B> summary(String words) {
            this.summary = words;
            return this;
        }

        public Builder<B> description(String sentences) {
            this.description = sentences;
            return this;
        }

        public Builder<B> path(String name, Class<?> type, String words) {
            return parameter(name, Parameter.In.PATH, type, words, null);
        }

        /** A path parameter with a value to try it with. */
        public Builder<B> path(String name, Class<?> type, String words, Object example) {
            return parameter(name, Parameter.In.PATH, type, words, example);
        }

        /**
         * The path's last parameter, which takes all the rest of it: segments of letters, digits and {@code . _ ~ @ -} that
         * do not begin with a dot, with slashes between them. Any other rest is an unknown path.
         */
        public Builder<B> tail(String name, String words, Object example) {
            return parameter(name, Parameter.In.TAIL, String.class, words, example);
        }

        public Builder<B> query(String name, Class<?> type, String words) {
            return parameter(name, Parameter.In.QUERY, type, words, null);
        }

        /** A query parameter with a value to try it with. */
        public Builder<B> query(String name, Class<?> type, String words, Object example) {
            return parameter(name, Parameter.In.QUERY, type, words, example);
        }

        /**
         * Declares a request header, as a text with an example value; a call as an action has none.
         *
         * @param example null for none
         */
        public Builder<B> header(String name, String words, String example) {
            return parameter(name, Parameter.In.HEADER, String.class, words, example);
        }

        private Builder<B> parameter(String name, Parameter.In in, Class<?> type, String words, Object example) {
            parameters.add(new Parameter(name, in, type, words, example));
            return this;
        }

        public <A> Builder<B> answers(Class<A> type, A example) {
            return shape(Shape.Form.ONE, type, JSON, 200, example);
        }

        /** As {@link #answers}, with status 201. */
        public <A> Builder<B> creates(Class<A> type, A example) {
            return shape(Shape.Form.ONE, type, JSON, 201, example);
        }

        /** A bounded list, as a bare array. */
        public <A> Builder<B> answersList(Class<A> type, A example) {
            return shape(Shape.Form.LIST, type, JSON, 200, example);
        }

        /** An unbounded list, as cursor pages; the handler returns a {@link Page}. */
        public <A> Builder<B> answersPage(Class<A> type, A example) {
            return shape(Shape.Form.PAGE, type, JSON, 200, example);
        }

        /** A body that is not JSON (or JSON of a shape that no record describes); the handler returns {@link Content}. */
        public Builder<B> answersContent(String mediaType) {
            return answersContent(mediaType, null);
        }

        /** As {@link #answersContent(String)}, with an example for the documentation. */
        public Builder<B> answersContent(String mediaType, Object example) {
            return shape(Shape.Form.CONTENT, null, mediaType, 200, example);
        }

        private Builder<B> shape(Shape.Form form, Class<?> type, String mediaType, int status, Object example) {
            this.answer = new Shape(form, type, mediaType, status, example);
            return this;
        }

        /** The minimum role of callers; {@code USER} by default. */
        public Builder<B> role(Role least) {
            this.role = least;
            return this;
        }

        /** Requires this permission instead of a role on the platform. */
        public Builder<B> permission(Permission needed) {
            this.role = Role.GUEST;
            this.permission = needed;
            return this;
        }

        /** Declares that the body may also be sent as a form whose field {@code part} is a file. */
        public Builder<B> open() {
            this.role = null;
            return this;
        }

        public Builder<B> refuses(ErrorCode... codes) {
            this.refusals.addAll(List.of(codes));
            return this;
        }

        public Builder<B> idempotent() {
            this.idempotent = true;
            return this;
        }

        /** Declares that the body may also be sent as a form whose field {@code part} is a file. */
        public Builder<B> upload(String part) {
            this.upload = part;
            return this;
        }

        /** Workflows and the gateway may call it by this name. */
        public Builder<B> action(String name) {
            this.action = name;
            return this;
        }

        /** MCP clients may call it by its action's name. */
        public Builder<B> tool() {
            this.tool = true;
            return this;
        }

        /** MCP clients may read it as a resource; its URI is {@code space://} and its path. */
        public Builder<B> resource() {
            this.resource = true;
            return this;
        }

        /** MCP clients may offer the text it answers with as a prompt, named after its action. */
        public Builder<B> prompt() {
            this.prompt = true;
            return this;
        }

        /** The caller cannot undo its effect, such as a payment. */
        public Builder<B> destructive() {
            this.destructive = true;
            return this;
        }

        /** All its effects are in the database, so the platform may probe it in a transaction that is rolled back. */
        public Builder<B> rehearsed() {
            this.rehearsed = true;
            return this;
        }

        /** The handler runs transactions of its own, or none: it takes long, or waits for something outside the database. */
        public Builder<B> ownTransactions() {
            this.ownTransactions = true;
            return this;
        }

        /**
         * Sets the rate limit that its calls count against; by default {@code READ} for a GET and {@code WRITE}
         * otherwise.
         */
        public Builder<B> limit(LimitClass one) {
            this.limit = one;
            return this;
        }

        public Builder<B> deprecated() {
            this.deprecated = true;
            return this;
        }

        public Builder<B> implementation(Implementation how) {
            this.implementation = how;
            return this;
        }

        /**
         * Ends the declaration of an endpoint of the platform whose protocol's adapter answers while the answer is made. A
         * plugin's endpoint needs a {@link #handler}.
         */
        public Endpoint<B> streamed() {
            return build(null);
        }

        /** Ends the declaration. */
        public Endpoint<B> handler(Handler<B> handler) {
            return build(Objects.requireNonNull(handler, "An endpoint needs a handler"));
        }

        private Endpoint<B> build(Handler<B> handler) {
            return new Endpoint<>(
                    method,
                    path,
                    summary,
                    description,
                    parameters,
                    bodyType,
                    bodyExample,
                    answer,
                    role,
                    permission,
                    refusals,
                    idempotent,
                    deprecated,
                    rehearsed,
                    ownTransactions,
                    limit,
                    upload,
                    action,
                    tool,
                    resource,
                    prompt,
                    destructive,
                    implementation,
                    handler);
        }
    }
}
