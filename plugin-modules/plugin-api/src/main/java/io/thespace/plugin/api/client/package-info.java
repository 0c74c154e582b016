/** Interaction of a handler with the calling client: progress, log messages and questions, where the protocol supports them. */
package io.thespace.plugin.api.client;
