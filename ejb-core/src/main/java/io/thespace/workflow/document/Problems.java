package io.thespace.workflow.document;

import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Rejection;
import java.util.ArrayList;
import java.util.List;

/** The errors of one document, each with its place; the first 50 are kept. */
public final class Problems {

    private static final int MAX = 50;

    private final List<FieldError> errors = new ArrayList<>();

    /**
     * Adds an error, unless the same one is there.
     *
     * @param place a JSON Pointer, an element's id or a line; empty for the document as a whole
     */
    public void add(String place, String sentence) {
        FieldError error = new FieldError(place.isEmpty() ? "/" : place, sentence);
        if (errors.size() < MAX && !errors.contains(error)) {
            errors.add(error);
        }
    }

    /**
     * Rejects the document if it has errors.
     *
     * @throws Rejection {@code INVALID_WORKFLOW}
     */
    public void refuse() {
        DocumentError.refuse(errors);
    }
}
