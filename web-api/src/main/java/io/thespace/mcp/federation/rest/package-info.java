/** Servers behind the MCP server, over REST. */
package io.thespace.mcp.federation.rest;
