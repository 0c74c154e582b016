package io.thespace.jaxrs;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.endpoint.Counts;
import io.thespace.endpoint.Idempotent;
import io.thespace.endpoint.MethodHandler;
import io.thespace.endpoint.Open;
import io.thespace.endpoint.OwnTransactions;
import io.thespace.endpoint.ReadableResource;
import io.thespace.endpoint.Rehearsed;
import io.thespace.endpoint.Requires;
import io.thespace.endpoint.Tagged;
import io.thespace.endpoint.Tool;
import io.thespace.json.Json;
import io.thespace.plugin.api.Call;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Implementation;
import io.thespace.plugin.api.LimitClass;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.Permission;
import io.thespace.plugin.api.Refusals;
import io.thespace.plugin.api.Role;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * A method of a resource as an endpoint, read from its annotations: those of Jakarta REST and MicroProfile OpenAPI, and those
 * of {@link io.thespace.endpoint}. Examples are the constants {@code EXAMPLE} of the records it takes and returns, unless
 * {@code @RequestBody} or {@code @APIResponse} has one.
 *
 * @param <B> the request body's type; {@code Void} for none
 */
final class ResourceMethod<B> implements MethodHandler<B> {

    private static final String EXAMPLE = "EXAMPLE";

    private final Class<?> resource;
    private final Function<Class<?>, ?> beans;
    private final Method method;
    private final String verb;
    private final String path;
    private final Arguments arguments;

    private ResourceMethod(Class<?> resource, Method method, String verb, Function<Class<?>, ?> beans) {
        this.resource = resource;
        this.beans = beans;
        this.method = method;
        this.verb = verb;
        String template = template(resource, method);
        this.arguments = new Arguments(method, template);
        this.path = template.replaceAll("\\{([a-z_]+):.*}$", "{$1}");
    }

    /**
     * The endpoints of a resource.
     *
     * @param beans finds the bean of a resource's class
     * @throws IllegalStateException when one of its methods lacks a declaration
     */
    static List<ResourceMethod<?>> of(Class<?> resource, Function<Class<?>, ?> beans) {
        List<ResourceMethod<?>> methods = new ArrayList<>();
        for (Method method : resource.getMethods()) {
            for (Annotation annotation : method.getAnnotations()) {
                HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
                if (verb != null) {
                    methods.add(new ResourceMethod<Object>(resource, method, verb.value(), beans));
                }
            }
        }
        if (methods.isEmpty()) {
            throw new IllegalStateException(resource + " has no endpoint");
        }
        return methods;
    }

    private static String template(Class<?> resource, Method method) {
        StringBuilder template = new StringBuilder();
        for (Path part : Arrays.asList(resource.getAnnotation(Path.class), method.getAnnotation(Path.class))) {
            String text = part == null ? "" : part.value();
            if (!text.isEmpty()) {
                template.append(text.startsWith("/") ? "" : "/").append(text);
            }
        }
        return template.toString();
    }

    @Override
    public Method method() {
        return method;
    }

    @Override
    public Object body(Object[] of) {
        return arguments.body(of);
    }

    @Override
    public Object handle(Call<B> call) throws Exception {
        try {
            return method.invoke(beans.apply(resource), arguments.of(call));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** The heading it stands under in the documentation: the resource's {@code @Tag}. */
    String group() {
        Tag tag = resource.getAnnotation(Tag.class);
        if (tag == null || tag.name().isBlank()) {
            throw new IllegalStateException(resource + " needs a @Tag with a name");
        }
        return tag.name();
    }

    /** As {@link #endpoint(String)} for the application's own path. */
    Endpoint<B> endpoint() {
        return endpoint("");
    }

    /**
     * The declaration.
     *
     * @param prefix goes before the path
     */
    @SuppressWarnings("unchecked") // the body's type is what the method's parameter has
    Endpoint<B> endpoint(String prefix) {
        Operation operation = method.getAnnotation(Operation.class);
        if (operation == null) {
            throw new IllegalStateException(method + " needs an @Operation");
        }
        Class<B> bodyType = (Class<B>) arguments.bodyType();
        Optional<Permission> permission = permission();
        return new Endpoint<>(
                io.thespace.plugin.api.Method.valueOf(verb),
                prefix + path,
                operation.summary(),
                operation.description(),
                arguments.parameters(),
                bodyType,
                bodyType == Void.class ? null : (B) requestExample(bodyType),
                shape(),
                role(),
                permission.orElse(null),
                refusals(),
                method.isAnnotationPresent(Idempotent.class),
                method.isAnnotationPresent(Deprecated.class),
                method.isAnnotationPresent(Rehearsed.class),
                method.isAnnotationPresent(OwnTransactions.class),
                limit(),
                upload(),
                tool().map(Tool::value).orElse(null),
                tool().isPresent(),
                method.isAnnotationPresent(ReadableResource.class),
                false,
                tool().map(Tool::destructive).orElse(false),
                Implementation.IMPLEMENTED,
                this);
    }

    // Who may call
    // --------------------------------------------------------------------------------------------------

    private <A extends Annotation> A find(Class<A> annotation) {
        A own = method.getAnnotation(annotation);
        return own == null ? resource.getAnnotation(annotation) : own;
    }

    private Requires requires() {
        return method.isAnnotationPresent(Open.class)
                        && !method.isAnnotationPresent(Requires.class)
                        && method.getAnnotation(Open.class).setting().isEmpty()
                ? null
                : find(Requires.class);
    }

    private Role role() {
        Open open = method.isAnnotationPresent(Requires.class) ? method.getAnnotation(Open.class) : find(Open.class);
        Requires requires = requires();
        if (open == null && requires == null) {
            throw new IllegalStateException(method + " declares neither @Requires nor @Open");
        }
        if (open != null && (open.setting().isEmpty() || isTrue(open.setting()))) {
            return null;
        }
        if (requires == null) {
            throw new IllegalStateException(method + " declares no @Requires for when " + open.setting() + " is false");
        }
        return requires.role();
    }

    private static boolean isTrue(String setting) {
        Key<?> key = Key.ALL.stream()
                .filter(one -> one.name().equals(setting))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no setting " + setting));
        return (Boolean) Configuration.get().get(key);
    }

    private Optional<Permission> permission() {
        Requires requires = requires();
        if (requires == null || requires.value().length == 0) {
            return Optional.empty();
        }
        if (requires.value().length > 1 || requires.role() != Role.GUEST) {
            throw new IllegalStateException(method + " requires more than one permission, or a role beside it");
        }
        return Optional.of(requires.value()[0]);
    }

    private Optional<Tool> tool() {
        return Optional.ofNullable(method.getAnnotation(Tool.class));
    }

    private LimitClass limit() {
        Counts counts = method.getAnnotation(Counts.class);
        if (counts != null) {
            return counts.value();
        }
        return verb.equals(HttpMethod.GET) ? LimitClass.READ : LimitClass.WRITE;
    }

    /** In the order of their declaration. */
    private List<ErrorCode> refusals() {
        List<ErrorCode> refusals = new ArrayList<>();
        for (Annotation annotation : method.getAnnotations()) {
            if (annotation.annotationType().isAnnotationPresent(Refusals.class)) {
                try {
                    Object codes =
                            annotation.annotationType().getMethod("value").invoke(annotation);
                    refusals.addAll(Arrays.asList((ErrorCode[]) codes));
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(annotation + " has no value of error codes", e);
                }
            }
        }
        return refusals;
    }

    /** The name of the form's part that is a file; null when the body cannot be sent as a form. */
    private String upload() {
        Consumes consumes = method.getAnnotation(Consumes.class);
        return consumes != null && List.of(consumes.value()).contains(MediaType.MULTIPART_FORM_DATA) ? Form.FILE : null;
    }

    // What comes back
    // -----------------------------------------------------------------------------------------------

    private Endpoint.Shape shape() {
        int status = success().map(one -> Integer.valueOf(one.responseCode())).orElse(200);
        Type type = method.getGenericReturnType();
        Class<?> raw = method.getReturnType();
        String mediaType = mediaType();
        if (raw == void.class) {
            return new Endpoint.Shape(
                    Endpoint.Shape.Form.NONE, null, null, success().isPresent() ? status : 204, null);
        }
        if (raw == Page.class) {
            return shape(Endpoint.Shape.Form.PAGE, argument(type), mediaType, status);
        }
        if (List.class.isAssignableFrom(raw)) {
            return shape(Endpoint.Shape.Form.LIST, argument(type), mediaType, status);
        }
        if (raw == Tagged.class) {
            return shape(Endpoint.Shape.Form.ONE, argument(type), mediaType, status);
        }
        APIResponseSchema schema = method.getAnnotation(APIResponseSchema.class);
        if (schema != null) {
            return shape(Endpoint.Shape.Form.ONE, schema.value(), mediaType, status);
        }
        if (raw.isRecord()) {
            return shape(Endpoint.Shape.Form.ONE, raw, mediaType, status);
        }
        if (raw == Content.class || raw == io.thespace.endpoint.Answer.class) {
            return new Endpoint.Shape(
                    Endpoint.Shape.Form.CONTENT, null, mediaType, status, answerExample(Object.class));
        }
        throw new IllegalStateException(method + " returns what no answer can be made of");
    }

    private Endpoint.Shape shape(Endpoint.Shape.Form form, Class<?> type, String mediaType, int status) {
        return new Endpoint.Shape(form, type, mediaType, status, answerExample(type));
    }

    private static Class<?> argument(Type type) {
        return (Class<?>) ((ParameterizedType) type).getActualTypeArguments()[0];
    }

    private String mediaType() {
        Produces produces = find(Produces.class);
        if (produces == null || produces.value().length != 1) {
            throw new IllegalStateException(method + " needs a @Produces with one media type");
        }
        return produces.value()[0];
    }

    /** The declared response of a success, where it is not a plain 200 or 204. */
    private Optional<APIResponse> success() {
        return Stream.of(method.getAnnotationsByType(APIResponse.class))
                .filter(one -> one.responseCode().startsWith("2"))
                .findFirst();
    }

    private Object answerExample(Class<?> type) {
        return success()
                .flatMap(one -> example(one.content(), type))
                .or(() -> constant(type))
                .orElse(null);
    }

    private Object requestExample(Class<?> type) {
        return Optional.ofNullable(method.getAnnotation(RequestBody.class))
                .flatMap(one -> example(one.content(), type))
                .or(() -> constant(type))
                .orElse(null);
    }

    private Optional<Object> example(
            org.eclipse.microprofile.openapi.annotations.media.Content[] contents, Class<?> type) {
        return Arrays.stream(contents)
                .map(org.eclipse.microprofile.openapi.annotations.media.Content::example)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .map(text -> {
                    try {
                        return Json.separate().readValue(text, type);
                    } catch (JsonProcessingException e) {
                        throw new IllegalStateException("The example of " + method + " does not fit " + type, e);
                    }
                });
    }

    private static Optional<Object> constant(Class<?> type) {
        return Arrays.stream(type.getFields())
                .filter(field -> field.getName().equals(EXAMPLE) && field.getDeclaringClass() == type)
                .map(field -> {
                    try {
                        return field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(field + " cannot be read", e);
                    }
                })
                .filter(Objects::nonNull)
                .findFirst();
    }
}
