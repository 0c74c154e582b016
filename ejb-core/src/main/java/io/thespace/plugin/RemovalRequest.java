package io.thespace.plugin;

import jakarta.annotation.Nullable;
import jakarta.validation.constraints.Size;

/**
 * The plugin to remove, unless given in the query.
 *
 * @param data what to do with its data
 */
public record RemovalRequest(@Nullable @Size(max = 48) String pluginId, @Nullable DataChoice data) {

    /** For the documentation. */
    public static final RemovalRequest EXAMPLE = new RemovalRequest("notes", DataChoice.KEEP);

    /**
     * Returns this request with the values that the query has, which take precedence.
     *
     * @param queriedId null for none
     * @param queriedData null for none
     */
    public RemovalRequest with(String queriedId, DataChoice queriedData) {
        return new RemovalRequest(queriedId == null ? pluginId : queriedId, queriedData == null ? data : queriedData);
    }
}
