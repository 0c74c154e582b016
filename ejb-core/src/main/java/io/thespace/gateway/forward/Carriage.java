package io.thespace.gateway.forward;

/** A request that is under way, whether an upstream, the cache or another request's answer will end it. */
public interface Carriage {

    /** Cancels the request: the caller is gone. */
    void abandon();
}
