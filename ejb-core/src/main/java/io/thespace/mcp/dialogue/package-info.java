/** Interaction of a tool or prompt with the client that called it: progress reports, log messages and questions. */
package io.thespace.mcp.dialogue;
