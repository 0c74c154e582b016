/** Webhooks over HTTP. */
package io.thespace.webhook.rest;
