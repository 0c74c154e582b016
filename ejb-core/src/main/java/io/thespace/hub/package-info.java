/**
 * The hub's channels: who may use them, and their messages in the database. The WebSockets that meet in them are in {@code
 * io.thespace.hub.node}.
 *
 * <p>Invariants: a channel is read and written only as its visibility or a membership says. Messages of a channel are numbered
 * without gaps under its epoch, in the order of their commits; whoever has missed some gets all of them or is told that they
 * cannot.
 *
 * <p>What may fail: what {@link io.thespace.hub.HubError} says, and the database.
 */
package io.thespace.hub;
