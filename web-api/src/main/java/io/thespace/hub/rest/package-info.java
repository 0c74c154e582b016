/** The channels of the hub over HTTP, and the documentation of its frames. */
package io.thespace.hub.rest;
