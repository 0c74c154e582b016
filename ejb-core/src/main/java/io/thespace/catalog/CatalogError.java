package io.thespace.catalog;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;

/** How an import is refused. */
public enum CatalogError implements ErrorCode {
    INVALID_DOCUMENT(Kind.INVALID, "The document breaks the catalog's JSON Schema, or names something twice."),
    CATALOG_FULL(Kind.CONFLICT, "There would be more imported entries than the catalog takes.");

    private final Kind kind;
    private final String summary;

    CatalogError(Kind kind, String summary) {
        this.kind = kind;
        this.summary = summary;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public String summary() {
        return summary;
    }
}
