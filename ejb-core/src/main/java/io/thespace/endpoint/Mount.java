package io.thespace.endpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.thespace.json.Json;
import jakarta.validation.Validator;

/**
 * The shared context of the endpoints of one group. Every reference to a plugin's classes is held here and nowhere
 * else, so that it is released with the plugin. Whatever remembers a plugin's classes hangs here and nowhere else, so
 * that it goes with the plugin.
 *
 * @param group the name of a group of the platform's endpoints, or a plugin's id
 * @param mapper reads and writes the group's bodies
 * @param validator checks them; null for the platform's own
 * @param bulkhead the bulkhead that runs the handlers; null for the caller's own thread
 */
public record Mount(String group, ObjectMapper mapper, Validator validator, Bulkhead bulkhead) {

    /** For endpoints of the platform itself. */
    public static Mount of(String group) {
        return new Mount(group, Json.MAPPER, null, null);
    }
}
