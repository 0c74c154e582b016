package io.thespace.workflow.outside;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import java.util.function.Function;

/** HTTP requests of steps, answered by a test instead of a server. */
public final class TestHttpCalls extends HttpCalls {

    /** Gives a target's answer. */
    public volatile Function<String, ObjectNode> answers = target -> Json.MAPPER.createObjectNode();

    @Override
    public ObjectNode call(Actor actor, String method, String target, ObjectNode input, String key) {
        return answers.apply(target);
    }
}
