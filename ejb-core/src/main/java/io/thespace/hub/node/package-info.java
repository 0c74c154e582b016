/**
 * The hub on this node: its WebSockets, which exchange messages through channels over all nodes.
 *
 * <p>{@link Hub} handles their requests. {@link Sockets} holds the open sockets, {@link Rooms} the channels that they
 * joined; {@link RoomDelivery} delivers messages to rooms, {@link AccessReviews} ends the access of sockets that have
 * lost it, and {@link HubNode} keeps all of it in step with other nodes.
 *
 * <p>Invariants: a socket joins a channel only if its visibility or a membership allows it, and is removed when that
 * ends; a socket whose token is no longer valid is closed. Each socket gets the messages of a channel in the order of
 * their offsets and without gaps. Redis only reduces latency: without it each node reads the messages of other nodes
 * from PostgreSQL within seconds. No code here waits for a client; a client that does not read in time is disconnected.
 *
 * <p>Failures: the codes of {@link io.thespace.hub.HubError}, callers that are no longer authenticated, and the
 * database.
 */
package io.thespace.hub.node;
