package io.thespace.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * The command line of the MCP Inspector, an independent client.
 *
 * @param tools the installed tools
 * @param space the server
 * @param token the access token of the user
 */
record McpInspector(NodeTools tools, Space space, String token) {

    /** What a method answers: its result, as the Inspector prints it. */
    JsonNode ask(String method, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder inspector = tools.node(
                tools.file("@modelcontextprotocol/inspector/clients/launcher/build/index.js"),
                "--cli",
                space.base() + McpClient.PATH,
                "--transport",
                "http",
                "--header",
                "Authorization: Bearer " + token,
                "--method",
                method);
        inspector.command().addAll(List.of(arguments));
        inspector
                .environment()
                .put("HOME", Files.createTempDirectory("inspector").toString());
        String output = NodeTools.output(inspector);
        // Remarks of the inspector's own stand around the answer.
        return Json.read(output.substring(Math.max(0, output.indexOf('{')), output.lastIndexOf('}') + 1));
    }
}
