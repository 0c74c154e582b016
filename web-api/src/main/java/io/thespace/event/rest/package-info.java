/** The events over HTTP. */
package io.thespace.event.rest;
