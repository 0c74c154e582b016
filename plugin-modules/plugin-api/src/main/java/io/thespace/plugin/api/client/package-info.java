/** What a handler can do with the client that waits for its answer, where the client's protocol allows it. */
package io.thespace.plugin.api.client;
