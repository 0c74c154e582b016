/**
 * The part of identity that plugins can use: the members of the caller's organization, and the sandbox with its
 * synthetic users.
 *
 * <p>Invariants: a plugin can read the caller's organization only, and in the sandbox its own synthetic users. Their
 * passwords are derived from a secret of the platform and not stored.
 *
 * <p>Failures: {@link io.thespace.identity.IdentityError#TOO_MANY_SYNTHETIC_USERS}.
 */
package io.thespace.identity.plugin;
