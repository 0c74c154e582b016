/** What a tool or a prompt does with the client that called it: reports, log messages, and questions. */
package io.thespace.mcp.dialogue;
