package io.thespace.gateway.model;

import io.thespace.gateway.forward.LiveUpstream;

/**
 * A model as nodes load it.
 *
 * @param sealedKey not to be changed; null when its server asks for no key
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SealedModel(ModelView view, byte[] sealedKey) {

    /** What a key is sealed for: who can write to the database alone cannot have it sent to another server. */
    public static String place(String name, LiveUpstream server) {
        return "gateway-model " + name + " at " + server.origin();
    }
}
