package io.thespace.workflow.dsl;

import io.thespace.plugin.api.FieldError;
import io.thespace.workflow.document.DocumentError;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a document, by places. */
final class Problems {

    private static final int MAX = 50;

    private final List<FieldError> errors = new ArrayList<>();

    /**
     * Adds one.
     *
     * @param pointer the place, a JSON Pointer; empty for the document as a whole
     */
    void add(String pointer, String sentence) {
        FieldError error = new FieldError(pointer.isEmpty() ? "/" : pointer, sentence);
        if (errors.size() < MAX && !errors.contains(error)) {
            errors.add(error);
        }
    }

    /** Refuses the document if there are any. */
    void refuse() {
        DocumentError.refuse(errors);
    }
}
