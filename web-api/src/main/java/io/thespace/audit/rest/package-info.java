/** The audit over HTTP. */
package io.thespace.audit.rest;
