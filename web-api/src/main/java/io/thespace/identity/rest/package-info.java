/** Signing in over HTTP. */
package io.thespace.identity.rest;
