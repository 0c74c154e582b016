/** Tools of {@link io.thespace.mcp} over plain HTTP, for programs that do not implement the protocol. */
package io.thespace.mcp.rest;
