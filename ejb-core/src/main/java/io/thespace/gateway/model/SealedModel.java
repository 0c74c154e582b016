package io.thespace.gateway.model;

import io.thespace.gateway.forward.LiveUpstream;

/**
 * A model as nodes load it.
 *
 * @param sealedKey must not be modified; null when its server needs no key
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SealedModel(ModelView view, byte[] sealedKey) {

    /**
     * Returns the context to which a key's encryption is bound: write access to the database alone must not suffice to
     * send the key to another server.
     */
    public static String place(String name, LiveUpstream server) {
        return "gateway-model " + name + " at " + server.origin();
    }
}
