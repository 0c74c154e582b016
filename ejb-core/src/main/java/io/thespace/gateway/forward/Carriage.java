package io.thespace.gateway.forward;

/** A request that is under way, whether an upstream, the cache or another request's answer will end it. */
public interface Carriage {

    /** The caller is gone: nobody needs the answer any more. */
    void abandon();
}
