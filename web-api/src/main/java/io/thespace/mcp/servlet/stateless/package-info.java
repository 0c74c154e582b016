/**
 * The stateless wire of the Model Context Protocol (2026-07-28). Everything that names the SDK's package for it is here, since
 * that package may change until the SDK's version 3.
 */
package io.thespace.mcp.servlet.stateless;
