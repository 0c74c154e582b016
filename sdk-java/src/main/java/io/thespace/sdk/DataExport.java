package io.thespace.sdk;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One part of an export.
 *
 * @param format what the document is, with its version
 * @param userId null for a person who is not a user
 * @param identifier null when it was not given
 * @param part from 1
 * @param parts how many there are
 * @param stores how far the request came with each
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

    /** One thing that is kept about the person, as its source makes it. */
    public record Entry(String source, String store, Map<String, Object> record) {}
}
