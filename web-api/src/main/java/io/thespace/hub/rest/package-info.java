/** The channels of the hub over HTTP, and what is said of its frames. */
package io.thespace.hub.rest;
