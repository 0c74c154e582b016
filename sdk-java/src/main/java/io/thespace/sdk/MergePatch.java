package io.thespace.sdk;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A JSON merge patch (RFC 7396): missing members are unchanged, and null clears. Immutable: each method returns a
 * changed copy. Immutable: each change is in the answer.
 */
abstract class MergePatch<T extends MergePatch<T>> {

    private final Map<String, Object> members;
    private final Function<Map<String, Object>, T> copy;

    MergePatch(Map<String, Object> members, Function<Map<String, Object>, T> copy) {
        this.members = members;
        this.copy = copy;
    }

    T with(String member, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(member, value);
        return copy.apply(Collections.unmodifiableMap(more));
    }

    @JsonValue
    Map<String, Object> members() {
        return members;
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + members.keySet();
    }
}
