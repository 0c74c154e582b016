/** Explanations of calls over HTTP. */
package io.thespace.request.rest;
