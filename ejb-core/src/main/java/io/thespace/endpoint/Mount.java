package io.thespace.endpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.thespace.json.Json;
import jakarta.validation.Validator;

/**
 * What the endpoints of one group have in common. Whatever remembers a plugin's classes hangs here and nowhere else, so that
 * it goes with the plugin.
 *
 * @param group that of a group of the platform's endpoints, or a plugin's id
 * @param mapper reads and writes the group's bodies
 * @param validator checks them; null for the platform's own
 * @param bulkhead where the handlers run; null for the caller's own thread
 */
public record Mount(String group, ObjectMapper mapper, Validator validator, Bulkhead bulkhead) {

    /** For endpoints of the platform itself. */
    public static Mount of(String group) {
        return new Mount(group, Json.MAPPER, null, null);
    }
}
