/**
 * The hub's channels: access to them, and their messages in the database. The WebSockets that use them are in {@code
 * io.thespace.hub.node}.
 *
 * <p>Invariants: a channel is read and written only if its visibility or a membership allows it. Messages of a channel
 * are numbered without gaps under its epoch, in the order of their commits; a client that has missed messages gets all
 * of them, or an error.
 *
 * <p>Failures: the codes of {@link io.thespace.hub.HubError}, and the database.
 */
package io.thespace.hub;
