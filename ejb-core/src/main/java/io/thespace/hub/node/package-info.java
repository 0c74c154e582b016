/**
 * The hub on this node: its WebSockets, which meet in channels over all nodes.
 *
 * <p>{@link Hub} answers what they ask. {@link Sockets} has those that are open, {@link Rooms} the channels that they are in;
 * {@link RoomDelivery} gives rooms their messages, {@link AccessReviews} ends the access of sockets that have lost it, and {@link
 * HubNode} keeps all of it in step with other nodes.
 *
 * <p>Invariants: a socket is let into a channel only as its visibility or a membership says, and leaves it when that ends; a
 * socket whose token does not hold any more is closed. Each socket gets the messages of a channel in the order of their offsets
 * and without gaps. Redis only makes it quick: without it each node finds what others wrote in PostgreSQL within seconds. Nothing
 * here waits for a client; what a client does not read in time ends its socket.
 *
 * <p>What may fail: what {@link io.thespace.hub.HubError} says, whoever is no caller any more, and the database.
 */
package io.thespace.hub.node;
