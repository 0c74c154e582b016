package io.thespace.sdk;

import java.util.List;
import java.util.Map;

/** A change of an agent; members that are not set are unchanged. */
public final class AgentChange extends MergePatch<AgentChange> {

    public AgentChange() {
        this(Map.of());
    }

    private AgentChange(Map<String, Object> members) {
        super(members, AgentChange::new);
    }

    /** Cannot be null. */
    public AgentChange name(String name) {
        return with("name", name);
    }

    /** Null for none. */
    public AgentChange description(String description) {
        return with("description", description);
    }

    /** Cannot be null. */
    public AgentChange model(String model) {
        return with("model", model);
    }

    /** All that it may use; null for none. */
    public AgentChange tools(List<String> tools) {
        return with("tools", tools);
    }

    /** Null for none. */
    public AgentChange budget(Budget budget) {
        return with("budget", budget);
    }
}
