package io.thespace.identity.key;

/**
 * A published key.
 *
 * @param publicKey X.509 SubjectPublicKeyInfo, DER; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SigningKeyView(String kid, byte[] publicKey) {}
