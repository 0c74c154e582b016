/**
 * Webhooks: servers that get the events of an organization as signed HTTP requests (Standard Webhooks, CloudEvents 1.0). Each is a
 * subscriber of the event relay.
 *
 * <p>Invariants: a webhook gets each event of its types at least once and those of one subject in order, from its
 * creation on, including events that occurred while it was disabled or paused. Its secrets are encrypted in the
 * database and returned once. No request is sent to an address that the gateway may not use.
 */
package io.thespace.webhook;
