package io.thespace.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.thespace.json.Json;
import io.thespace.plugin.api.Upload;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.TreeMap;

/** SHA-256 digests of requests: of the decoded body, so that white space and 1.0 for 1 make no difference. */
final class Fingerprint {

    private final CallContext call;
    private final Object body;
    private byte[] content;

    /** The digest of a call; the body may be null. */
    Fingerprint(CallContext call, Object body) {
        this.call = call;
        this.body = body;
    }

    /** A digest of everything that makes a request what it is, the agent that sends it included. */
    byte[] ofRequest() throws JsonProcessingException {
        MessageDigest digest = sha256();
        Route route = call.route();
        digest.update((route.endpoint().method() + " " + route.path()).getBytes(StandardCharsets.UTF_8));
        digest.update(Json.MAPPER.writeValueAsBytes(new TreeMap<>(call.request().path())));
        digest.update(Json.MAPPER.writeValueAsBytes(new TreeMap<>(call.request().query())));
        digest.update(content());
        // Keys are stored by user, and all agents of a user share them. Without an agent the digest is as it was before
        // agents were part of it, so that stored answers stay valid.
        if (call.actor().agentId() != null) {
            digest.update(("agent " + call.actor().agentId()).getBytes(StandardCharsets.UTF_8));
        }
        return digest.digest();
    }

    /** A digest of the body and the upload. */
    byte[] ofContent() throws JsonProcessingException {
        return sha256().digest(content());
    }

    /** The decoded body as JSON, its members in their declared order; with an upload, the file's digest behind it. */
    private byte[] content() throws JsonProcessingException {
        if (content == null) {
            String json = Json.MAPPER.writeValueAsString(
                    canonical(call.route().mount().mapper().valueToTree(body)));
            content = (json + call.upload().map(Upload::sha256).orElse("")).getBytes(StandardCharsets.UTF_8);
        }
        return content;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** The same tree with 1.0 written as 1. */
    private static JsonNode canonical(JsonNode node) {
        if (node.isNumber()) {
            return TextNode.valueOf(node.decimalValue().stripTrailingZeros().toString());
        }
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> object.replace(name, canonical(object.get(name))));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, canonical(array.get(i)));
            }
        }
        return node;
    }
}
