package io.thespace.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How sensitive the values of a column are; a later one is more so. */
public enum Classification {
    @JsonProperty("none")
    NONE,
    /** They tell something of a person, or name one. */
    @JsonProperty("personal")
    PERSONAL,
    /** Whoever has them can act as somebody else. */
    @JsonProperty("secret")
    SECRET
}
