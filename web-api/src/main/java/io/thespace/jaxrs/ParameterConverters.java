package io.thespace.jaxrs;

import io.thespace.endpoint.Parameters;
import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Locale;

/**
 * Converts parameters as {@link Parameters} does. By then {@link AdmissionFilter} has named every malformed one to the
 * caller, since Jakarta REST would stop at the first.
 */
@Provider
@Dependent
public class ParameterConverters implements ParamConverterProvider {

    @Override
    public <T> ParamConverter<T> getConverter(Class<T> type, Type generic, Annotation[] annotations) {
        if (!Parameters.supports(type)) {
            return null;
        }
        return new ParamConverter<>() {
            @Override
            public T fromString(String value) {
                return value == null ? null : type.cast(Parameters.value(type, value));
            }

            @Override
            public String toString(T value) {
                return value instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : value.toString();
            }
        };
    }
}
