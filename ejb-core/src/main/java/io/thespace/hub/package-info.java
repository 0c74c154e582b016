/**
 * The hub: WebSockets that meet in channels, over all nodes.
 *
 * <p>Invariants: a socket is let into a channel only as its visibility or a membership says, and leaves it when that ends; a
 * socket whose token does not hold any more is closed. Messages of a channel are numbered without gaps under its epoch, in
 * the order of their commits, and each socket gets them in that order; whoever has missed some gets all of them or is told
 * that they cannot. Redis only makes it quick: without it each node finds what others wrote in PostgreSQL within seconds.
 * Nothing here waits for a client; what a client does not read in time ends its socket.
 *
 * <p>What may fail: what {@link io.thespace.hub.HubError} says, whoever is no caller any more, and the database.
 */
package io.thespace.hub;
