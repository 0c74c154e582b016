/**
 * What plugins see of identity: the members of the caller's organization, and the sandbox with its synthetic users.
 *
 * <p>Invariants: a plugin sees the caller's own organization only, and in the sandbox its own synthetic users. Their passwords are
 * derived from a secret of the platform and kept nowhere.
 *
 * <p>What may fail: {@link io.thespace.identity.IdentityError#TOO_MANY_SYNTHETIC_USERS}.
 */
package io.thespace.identity.plugin;
