package io.thespace.plugin.api;

/** The methods that an endpoint can have. HEAD and OPTIONS follow from these. */
public enum Method {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE
}
