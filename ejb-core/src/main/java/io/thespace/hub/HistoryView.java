package io.thespace.hub;

import java.util.List;
import java.util.UUID;

/**
 * The messages after an offset: all of them up to the last one here, or none.
 *
 * @param recovered whether nothing is missing between the requested offset and the first message here
 * @param complete whether there are no more messages after these now
 * @param first the offset of the oldest message that is kept; one more than {@code offset} when there is none
 * @param offset of the channel's latest message
 */
public record HistoryView(
        UUID epoch, boolean recovered, boolean complete, long first, long offset, List<MessageView> messages) {}
