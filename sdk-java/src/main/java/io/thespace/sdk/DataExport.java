package io.thespace.sdk;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One part of an export.
 *
 * @param format the format of the document, with its version
 * @param userId null for a person who is not a user
 * @param identifier null when it was not given
 * @param part from 1
 * @param parts the number of parts
 * @param stores the progress of the request in each store
 */
public record DataExport(
        String format,
        UUID requestId,
        UUID userId,
        String identifier,
        int part,
        int parts,
        List<StoreReport> stores,
        List<Entry> records) {

    /** A record about the person, in the format of its source. */
    public record Entry(String source, String store, Map<String, Object> record) {}
}
