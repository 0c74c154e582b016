/**
 * The hub over WebSocket (RFC 6455): frames as JSON texts. The handshake happens before, in the wire of the web archive.
 *
 * <p>Invariants: a frame is read strictly, and what is wrong with it is said; sending never holds a thread of the container.
 */
package io.thespace.hub.socket;
