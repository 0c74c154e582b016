/**
 * Keys and secrets of the platform: the key pairs that access tokens and statements are signed with, the public keys that verify
 * them, the key that credentials are sealed with, and secrets that all nodes share.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>Of signing keys only the public halves are in the database; no key and no secret is ever logged.
 *   <li>A public key is in the database before anything is signed with it, so every node can verify every other node's.
 *   <li>Files with keys in them are readable by their owner alone.
 * </ul>
 *
 * <p>What may fail: a key file that cannot be read stops the start with a sentence that names it; later the keys read before stay in
 * use. With the keys of an issuer out of reach, the ones fetched last stay good; without any, callers get {@link
 * io.thespace.identity.IdentityError#IDENTITY_UNAVAILABLE}.
 */
package io.thespace.identity.key;
