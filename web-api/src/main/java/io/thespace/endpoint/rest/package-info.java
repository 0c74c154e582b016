/** The endpoints' state over HTTP. */
package io.thespace.endpoint.rest;
