/**
 * The gateway that is in force on this node.
 *
 * <p>Invariants: a request is forwarded by one whole set of routes and models, before or after a change; a node whose database is away
 * goes on with those it has.
 */
package io.thespace.gateway.live;
