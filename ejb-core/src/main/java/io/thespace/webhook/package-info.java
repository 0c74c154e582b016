/**
 * Webhooks: servers that get the events of an organization as signed HTTP requests (Standard Webhooks, CloudEvents 1.0). Each is a
 * subscriber of the event relay.
 *
 * <p>Invariants: a webhook gets each event that it wants at least once and those of one subject in order, from its creation on, also
 * what came while it was disabled or paused. Its secrets are sealed in the database and shown once. No request goes to an address that
 * the gateway may not use.
 */
package io.thespace.webhook;
