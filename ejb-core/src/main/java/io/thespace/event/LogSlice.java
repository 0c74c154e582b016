package io.thespace.event;

import java.util.List;
import java.util.UUID;

/**
 * Events of an organization in the order of the log.
 *
 * @param epoch of the log
 * @param recovered false when events between the position that was asked for and the first one here are no longer kept, or the
 *     position is of another epoch; there are no events then
 * @param events those that were looked for
 * @param reached the position up to which all of those are here
 * @param complete whether nothing followed
 */
public record LogSlice(UUID epoch, boolean recovered, List<Entry> events, long reached, boolean complete) {

    /** An event and its place. */
    public record Entry(long position, EventView event) {}
}
