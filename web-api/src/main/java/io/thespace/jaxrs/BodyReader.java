package io.thespace.jaxrs;

import io.thespace.endpoint.CallContext;
import io.thespace.endpoint.Pipeline;
import io.thespace.endpoint.TextBody;
import io.thespace.json.Json;
import io.thespace.plugin.api.Endpoint;
import io.thespace.wire.Exchange;
import io.thespace.wire.JsonBody;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.Providers;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Reads request bodies: JSON, strictly (see {@link Json}); a form, where the endpoint takes a file; or a text, where the body is a
 * {@link TextBody}.
 * {@link RequestFilter} has made JSON of every media type, so the one that was sent is looked up in the servlet's request.
 */
@Provider
@Dependent
@Priority(1)
@Consumes(MediaType.APPLICATION_JSON)
public class BodyReader implements MessageBodyReader<Object> {

    @Inject
    Pipeline pipeline;

    @Context
    Providers providers;

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        // Exactly what is declared, or the server's own JSON provider reads it.
        CallContext call = Exchange.current().call();
        return type == SentBody.class
                || (call != null && type == call.route().endpoint().bodyType());
    }

    @Override
    public Object readFrom(
            Class<Object> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream in)
            throws IOException {
        Exchange exchange = Exchange.current();
        SentBody sent = read(exchange, in);
        exchange.call().uploaded(sent.upload());
        return type == (Class<?>) SentBody.class
                ? sent
                : pipeline.body(exchange.call().route(), type, sent.json());
    }

    private SentBody read(Exchange exchange, InputStream in) throws IOException {
        Endpoint<?> endpoint = exchange.call().route().endpoint();
        if (endpoint.bodyType() == Void.class) {
            return SentBody.NONE;
        }
        if (endpoint.upload() != null && JsonBody.isForm(exchange.request())) {
            Form form = Form.read(exchange, providers, in, endpoint);
            return new SentBody(form.json(), form.upload());
        }
        TextBody text = endpoint.bodyType().getAnnotation(TextBody.class);
        if (text != null && JsonBody.isOneOf(exchange.request(), mediaTypes(text))) {
            return new SentBody(member(text, JsonBody.text(exchange.request(), in)), null);
        }
        byte[] body = JsonBody.read(exchange.request(), in);
        return new SentBody(
                text != null && isText(text, body) ? member(text, new String(body, StandardCharsets.UTF_8)) : body,
                null);
    }

    private static List<String> mediaTypes(TextBody text) {
        return Arrays.stream(text.types()).map(TextBody.MediaType::value).toList();
    }

    private static byte[] member(TextBody text, String value) throws IOException {
        return Json.MAPPER.writeValueAsBytes(Map.of(text.member(), value));
    }

    /**
     * Whether a JSON body is the text itself. Invalid JSON is rejected on reading. What is no JSON is refused where it
     * is read.
     */
    private static boolean isText(TextBody text, byte[] body) {
        try {
            return !text.jsonMember().isEmpty() && Json.MAPPER.readTree(body).has(text.jsonMember());
        } catch (IOException e) {
            return false;
        }
    }
}
