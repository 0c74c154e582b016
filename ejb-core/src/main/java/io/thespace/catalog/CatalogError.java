package io.thespace.catalog;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Refusals;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Error codes of an import. */
public enum CatalogError implements ErrorCode {
    INVALID_DOCUMENT(Kind.INVALID, "The document violates the catalog's JSON Schema or contains a duplicate name."),
    CATALOG_FULL(Kind.CONFLICT, "The import would exceed the maximum number of imported entries.");

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

    /** Refusals of an endpoint. */
    @Refusals
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    public @interface Refuses {
        CatalogError[] value();
    }
}
