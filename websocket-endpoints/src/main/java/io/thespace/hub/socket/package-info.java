/**
 * The hub over WebSocket (RFC 6455): frames as JSON texts. The handshake happens before, in the wire of the web archive.
 *
 * <p>Invariants: a frame is parsed strictly, and its errors are reported; sending never blocks a thread of the
 * container.
 */
package io.thespace.hub.socket;
