/**
 * The gateway that is in force on this node.
 *
 * <p>Invariants: a request is forwarded by one whole set of routes and models, before or after a change; a node
 * continues with its current ones while the database is unavailable.
 */
package io.thespace.gateway.live;
