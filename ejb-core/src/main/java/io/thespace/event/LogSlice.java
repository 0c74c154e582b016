package io.thespace.event;

import java.util.List;
import java.util.UUID;

/**
 * A section of an organization's log, in the order of the log.
 *
 * @param epoch of the log
 * @param recovered false when events between the requested position and the first one here are no longer kept, or the
 *     position belongs to another epoch; {@code events} is empty then
 * @param events the events that match the filter
 * @param reached the position up to which all matching events are included
 * @param complete whether no event followed
 */
public record LogSlice(UUID epoch, boolean recovered, List<Entry> events, long reached, boolean complete) {

    /** An event and its place. */
    public record Entry(long position, EventView event) {}
}
