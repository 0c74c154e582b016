package io.thespace.mcp.federation;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whose credential is sent to a remote server with a caller's request. */
public enum CredentialUse {
    /** The one that the administrator gave, or none. */
    @JsonProperty("shared")
    SHARED,
    /** The one that the caller deposited; the administrator's only reads the lists. */
    @JsonProperty("per_user")
    PER_USER
}
