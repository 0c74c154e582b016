package io.thespace.workflow.dsl;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.thespace.json.Json;
import io.thespace.workflow.document.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.yaml.snakeyaml.LoaderOptions;

/** Reads the text of a document: JSON when it begins with a brace, YAML otherwise. YAML is read without aliases and tags. */
final class SourceText {

    private static final int MAX_DEPTH = 40;
    private static final ObjectMapper YAML = yaml();

    private SourceText() {}

    private static ObjectMapper yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setNestingDepthLimit(MAX_DEPTH);
        YAMLFactory factory = YAMLFactory.builder()
                .loaderOptions(options)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(100)
                        .build())
                .build();
        return YAMLMapper.builder(factory)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
    }

    /** Parses the document; errors are added to the problems, which cause its rejection. */
    static JsonNode read(String source, Problems problems) {
        boolean json = source.stripLeading().startsWith("{");
        JsonNode tree = null;
        try {
            if (!json) {
                checkReferences(source, problems);
            }
            tree = (json ? Json.MAPPER : YAML).readTree(source);
        } catch (JsonProcessingException e) {
            JsonLocation where = e.getLocation();
            String line = where == null ? "" : " in line " + where.getLineNr();
            String reason = e.getOriginalMessage().lines().findFirst().orElse("");
            problems.add("", "is no %s%s: %s".formatted(json ? "JSON" : "YAML", line, reason));
        }
        if (tree != null && !tree.isObject()) {
            problems.add("", "must be an object of the Serverless Workflow DSL, or <definitions> of BPMN");
        }
        problems.refuse();
        return tree;
    }

    private static void checkReferences(String source, Problems problems) throws JsonProcessingException {
        try (YAMLParser parser = (YAMLParser) YAML.getFactory().createParser(source)) {
            while (parser.nextToken() != null) {
                int line = parser.currentLocation().getLineNr();
                if (parser.isCurrentAlias()) {
                    problems.add("", "has an alias in line %d; write the value out".formatted(line));
                } else if (parser.getTypeId() != null) {
                    problems.add("", "has a tag in line %d; leave it out".formatted(line));
                }
            }
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("A text cannot be read", e);
        }
    }
}
