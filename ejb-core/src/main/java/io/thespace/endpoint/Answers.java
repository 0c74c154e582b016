package io.thespace.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Page;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes answers of what handlers return. */
final class Answers {

    private static final byte[] NOTHING = {};

    private Answers() {}

    /** The answer that an endpoint's declaration makes of a handler's result. */
    static Answer of(CallContext call, Object result, Cursors cursors) throws JsonProcessingException {
        if (result instanceof Answer passedOn) {
            return passedOn;
        }
        Route route = call.route();
        Endpoint.Shape shape = route.endpoint().answer();
        if (result instanceof Content content) {
            return new Answer(shape.status(), content.mediaType(), content.bytes(), content.headers(), false);
        }
        if (shape.form() == Endpoint.Shape.Form.NONE) {
            return new Answer(shape.status(), null, NOTHING, Map.of(), false);
        }
        Object body = result;
        Map<String, String> headers = Map.of();
        if (result instanceof Page<?> page) {
            body = members(call, page, cursors);
        } else if (result instanceof Tagged<?> tagged) {
            body = tagged.body();
            headers = Map.of("ETag", tagged.tag());
        }
        return new Answer(
                shape.status(), shape.mediaType(), route.mount().mapper().writeValueAsBytes(body), headers, false);
    }

    private static Map<String, Object> members(CallContext call, Page<?> page, Cursors cursors) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("items", page.items());
        members.put(
                "next_cursor",
                page.nextKey() == null
                        ? null
                        : cursors.seal(
                                call.route(), call.actor(), call.request().query(), page.nextKey()));
        members.put("total", null);
        return members;
    }
}
