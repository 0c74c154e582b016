package io.thespace.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The sensitivity of a column's values, in ascending order. */
public enum Classification {
    @JsonProperty("none")
    NONE,
    /** Values about a person, or that identify one. */
    @JsonProperty("personal")
    PERSONAL,
    /** Values that allow acting as another principal. */
    @JsonProperty("secret")
    SECRET
}
