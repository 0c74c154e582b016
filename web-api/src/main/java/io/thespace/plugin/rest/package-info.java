/** The discovery of plugins over HTTP. */
package io.thespace.plugin.rest;
