package io.thespace.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The location of described data. */
public enum DataKind {
    /** In a table of the platform's database. */
    @JsonProperty("table")
    TABLE,
    /** Somewhere else. */
    @JsonProperty("external")
    EXTERNAL
}
