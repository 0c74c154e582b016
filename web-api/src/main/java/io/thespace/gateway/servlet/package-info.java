/**
 * The streaming part of the gateway: requests and answers flow between callers and upstreams without a thread that waits.
 * Jakarta REST buffers answers on Jersey, so this is an asynchronous servlet; its endpoints are declared as data in
 * {@link io.thespace.gateway.servlet.GatewayEndpoints}.
 */
package io.thespace.gateway.servlet;
