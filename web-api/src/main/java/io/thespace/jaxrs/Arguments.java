package io.thespace.jaxrs;

import io.thespace.endpoint.Parameters;
import io.thespace.plugin.api.Call;
import io.thespace.plugin.api.Parameter;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The parameters of a resource method: their declarations, and their values in a call that did not arrive over HTTP (a
 * probe, a tool).
 */
final class Arguments {

    private static final Map<Class<?>, Class<?>> BOXED =
            Map.of(int.class, Integer.class, long.class, Long.class, boolean.class, Boolean.class);

    /** The source of an argument's value. */
    @FunctionalInterface
    private interface Source {
        Object value(Call<?> call) throws ReflectiveOperationException;
    }

    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Source> sources = new ArrayList<>();
    private Class<?> bodyType = Void.class;
    private int bodyAt = -1;

    /** @param path the whole template, with its regular expressions */
    Arguments(Method method, String path) {
        for (java.lang.reflect.Parameter one : method.getParameters()) {
            if (one.isAnnotationPresent(BeanParam.class)) {
                sources.add(bean(one.getType(), path));
                continue;
            }
            Parameter declared = declared(one, one.getType(), path);
            if (declared != null) {
                parameters.add(declared);
                String defaultValue = defaultOf(one);
                sources.add(call -> value(call, declared, defaultValue));
            } else if (bodyAt < 0) {
                bodyAt = sources.size();
                bodyType = one.getType();
                sources.add(Call::body);
            } else {
                throw new IllegalStateException(method + " has two parameters without an annotation of Jakarta REST");
            }
        }
    }

    private Source bean(Class<?> type, String path) {
        List<Field> fields = new ArrayList<>();
        List<Parameter> declared = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                continue;
            }
            Parameter parameter = declared(field, field.getType(), path);
            if (parameter == null) {
                throw new IllegalStateException(field + " has no annotation of Jakarta REST");
            }
            field.setAccessible(true);
            fields.add(field);
            declared.add(parameter);
        }
        parameters.addAll(declared);
        Constructor<?> constructor;
        try {
            constructor = type.getDeclaredConstructor();
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " needs a constructor without parameters", e);
        }
        constructor.setAccessible(true);
        return call -> {
            Object bean = constructor.newInstance();
            for (int i = 0; i < fields.size(); i++) {
                Object value = value(call, declared.get(i), defaultOf(fields.get(i)));
                if (value != null) {
                    fields.get(i).set(bean, value);
                }
            }
            return bean;
        };
    }

    private static Object value(Call<?> call, Parameter declared, String defaultValue) {
        Object value = call.parameters().get(declared.name());
        return value == null && defaultValue != null ? Parameters.value(declared.type(), defaultValue) : value;
    }

    private static String defaultOf(AnnotatedElement element) {
        DefaultValue value = element.getAnnotation(DefaultValue.class);
        return value == null ? null : value.value();
    }

    /** The declaration of an element of a request; null for the body. */
    private static Parameter declared(AnnotatedElement element, Class<?> raw, String path) {
        Class<?> type = BOXED.getOrDefault(raw, raw);
        String name;
        Parameter.In in;
        if (element.isAnnotationPresent(PathParam.class)) {
            name = element.getAnnotation(PathParam.class).value();
            in = path.contains("{" + name + ":") ? Parameter.In.TAIL : Parameter.In.PATH;
        } else if (element.isAnnotationPresent(QueryParam.class)) {
            name = element.getAnnotation(QueryParam.class).value();
            in = Parameter.In.QUERY;
        } else if (element.isAnnotationPresent(HeaderParam.class)) {
            name = element.getAnnotation(HeaderParam.class).value();
            in = Parameter.In.HEADER;
        } else {
            return null;
        }
        var about = element.getAnnotation(org.eclipse.microprofile.openapi.annotations.parameters.Parameter.class);
        if (about == null || about.description().isBlank()) {
            throw new IllegalStateException(
                    "The parameter %s of %s needs a @Parameter with a description".formatted(name, element));
        }
        if (!Parameters.supports(type)) {
            throw new IllegalStateException("The parameter %s has the unsupported type %s".formatted(name, type));
        }
        return new Parameter(name, in, type, about.description(), example(about.example(), type));
    }

    private static Object example(String text, Class<?> type) {
        return text.isEmpty() ? null : Parameters.value(type, type.isEnum() ? text.toUpperCase(Locale.ROOT) : text);
    }

    /** Returns the declared parameters, without the body. */
    List<Parameter> parameters() {
        return parameters;
    }

    /** The body's type; {@code Void} for none. */
    Class<?> bodyType() {
        return bodyType;
    }

    /** The body among arguments; null without one. */
    Object body(Object[] arguments) {
        return bodyAt < 0 ? null : arguments[bodyAt];
    }

    /** The arguments of a call. */
    Object[] of(Call<?> call) throws ReflectiveOperationException {
        Object[] arguments = new Object[sources.size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = sources.get(i).value(call);
        }
        return arguments;
    }
}
