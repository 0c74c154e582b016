/** The data catalog over HTTP. */
package io.thespace.catalog.rest;
