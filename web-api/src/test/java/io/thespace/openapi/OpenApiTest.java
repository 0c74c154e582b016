package io.thespace.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.thespace.endpoint.Family;
import io.thespace.endpoint.Route;
import io.thespace.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OpenApiTest {

    private static final String BANK = "/api/plugins/financial_business";

    private final ObjectNode document = OpenApi.document(Sample.routes(), new OpenApi.Info("1.2.3", Family.PLATFORM));

    @Test
    void listsEveryRouteAndNoOther() {
        Set<String> expected = new TreeSet<>();
        Sample.routes().forEach(r -> expected.add(r.endpoint().method() + " " + r.path()));
        Set<String> listed = new TreeSet<>();
        document.path("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> listed.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        assertThat(listed).isEqualTo(expected);
        assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(document.at("/info/version").asText()).isEqualTo("1.2.3");
    }

    @Test
    void givesEachOperationItsOwnId() {
        List<String> ids = document.findValuesAsText("operationId");
        assertThat(ids).hasSameSizeAs(Sample.routes()).doesNotHaveDuplicates();
        assertThat(ids).contains("getPluginsFinancialBusinessTransactionsById", "getPluginsFinancialBusinessAccount2");
    }

    @Test
    void isTheSameInWhateverOrderTheGroupsWereMounted() {
        List<Route> routes = Sample.routes();
        List<Route> pluginLast = new ArrayList<>();
        routes.stream().filter(r -> r.group().equals("Documentation")).forEach(pluginLast::add);
        routes.stream().filter(r -> !r.group().equals("Documentation")).forEach(pluginLast::add);
        assertThat(OpenApi.document(pluginLast, new OpenApi.Info("1.2.3", Family.PLATFORM)))
                .isEqualTo(document);
        assertThat(document.path("tags").findValuesAsText("name"))
                .containsExactly("Documentation", "Plugins", "financial_business");
    }

    @Test
    void everyReferenceLeadsSomewhereAndNoComponentIsLeftOver() {
        Set<String> references = new HashSet<>(document.findValuesAsText("$ref"));
        assertThat(references).isNotEmpty();
        for (String reference : references) {
            assertThat(document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        }
        document.path("components").properties().stream()
                .filter(kind -> !kind.getKey().equals("securitySchemes"))
                .forEach(kind -> kind.getValue().fieldNames().forEachRemaining(name -> assertThat(references)
                        .contains("#/components/" + kind.getKey() + "/" + name)));
    }

    @Test
    void describesARequestAsItIsRead() {
        JsonNode schema = document.at("/components/schemas/TransferRequest");
        assertThat(schema.path("additionalProperties").isBoolean()).isTrue();
        assertThat(schema.path("additionalProperties").asBoolean()).isFalse();
        assertThat(names(schema.path("properties")))
                .containsExactly(
                        "from_account_id",
                        "to_account_id",
                        "amount",
                        "currency",
                        "notify_email",
                        "dry_run",
                        "not_before",
                        "note");
        assertThat(texts(schema.path("required")))
                .containsExactlyInAnyOrder("from_account_id", "to_account_id", "amount", "currency", "dry_run");
        assertThat(schema.at("/properties/from_account_id")).isEqualTo(json("{'type':'string','format':'uuid'}"));
        assertThat(schema.at("/properties/amount")).hasToString("{\"type\":\"number\",\"exclusiveMinimum\":0}");
        assertThat(schema.at("/properties/currency/pattern").asText()).isEqualTo("^(?:[A-Z]{3})$");
        assertThat(schema.at("/properties/notify_email/format").asText()).isEqualTo("email");
        assertThat(schema.at("/properties/not_before")).isEqualTo(json("{'type':'string','format':'date-time'}"));
        assertThat(schema.at("/properties/note/$ref").asText()).isEqualTo("#/components/schemas/NoteInput");
    }

    @Test
    void requiresAPrimitiveBecauseTheReaderDoes() {
        assertThatThrownBy(() -> Json.MAPPER.readValue("{\"currency\":\"USD\"}", Sample.TransferRequest.class))
                .hasMessageContaining("dry_run");
    }

    @Test
    void describesAnAnswerAsItIsWritten() {
        JsonNode schema = document.at("/components/schemas/AccountView");
        assertThat(schema.has("additionalProperties")).isFalse();
        assertThat(texts(schema.path("required")))
                .containsExactlyInAnyOrderElementsOf(names(schema.path("properties")))
                .hasSize(12);
        assertThat(schema.at("/properties/status"))
                .isEqualTo(json(
                        "{'type':'string','enum':" + Json.MAPPER.valueToTree(Sample.AccountStatus.values()) + "}"));
        assertThat(texts(schema.at("/properties/closed_at/type"))).containsExactlyInAnyOrder("string", "null");
        assertThat(texts(schema.at("/properties/nickname/type"))).containsExactlyInAnyOrder("string", "null");
        assertThat(schema.at("/properties/opened_at/type").asText()).isEqualTo("string");
        assertThat(schema.at("/properties/entries/items/$ref").asText()).isEqualTo("#/components/schemas/EntryView");
        assertThat(schema.at("/properties/limits/additionalProperties/type").asText())
                .isEqualTo("number");
        assertThat(schema.at("/properties/note/$ref").asText()).isEqualTo("#/components/schemas/Note");
    }

    @Test
    void knowsWhatIsLeftOutAndWhatIsJsonAlready() {
        JsonNode schema = document.at("/components/schemas/EntryView");
        assertThat(texts(schema.path("required"))).containsExactly("entry_id", "amount", "data");
        assertThat(schema.at("/properties/memo")).isEqualTo(json("{'type':'string'}"));
        assertThat(schema.at("/properties/data")).isEqualTo(json("{}"));
    }

    @Test
    void keepsClassesOfOneNameApart() {
        assertThat(response(BANK + "/transactions/{id}", "get", "200").at("/content/application~1json/schema/$ref"))
                .isEqualTo(json("'#/components/schemas/OpenapiAccountView'"));
        assertThat(names(document.at("/components/schemas/OpenapiAccountView/properties")))
                .containsExactly("user_id");
    }

    @Test
    void wrapsListsAndPages() {
        assertThat(response(BANK + "/accounts", "get", "200").at("/content/application~1json/schema"))
                .isEqualTo(json("{'type':'array','items':{'$ref':'#/components/schemas/AccountView'}}"));
        JsonNode page = document.at("/components/schemas/EntryViewPage");
        assertThat(page.at("/properties/total/type").asText()).isEqualTo("null");
        assertThat(texts(page.path("required"))).containsExactly("items", "next_cursor", "total");
        assertThat(document.at("/components/parameters/limit/schema"))
                .isEqualTo(json("{'type':'integer','format':'int32','minimum':1,'maximum':100,'default':50}"));
    }

    @Test
    void typesParameters() {
        JsonNode parameters = operation(BANK + "/transactions", "get").path("parameters");
        assertThat(texts(parameters.findPath("enum"))).containsExactly("open", "closed_for_good");
        assertThat(parameters.get(1).path("schema")).isEqualTo(json("{'type':'string','format':'date-time'}"));
        assertThat(parameters.get(2).path("schema")).isEqualTo(json("{'type':'boolean'}"));
        assertThat(parameters.get(3).path("schema")).isEqualTo(json("{'type':'integer','format':'int32'}"));
        assertThat(membersOf(parameters, "$ref"))
                .containsExactly("#/components/parameters/limit", "#/components/parameters/cursor");
        assertThat(operation(BANK + "/transactions/{id}", "get")
                        .at("/parameters/0/required")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void listsRefusalsByStatusBesideThePlatformsOwn() {
        JsonNode responses = operation(BANK + "/transfer", "post").path("responses");
        assertThat(names(responses))
                .containsExactly(
                        "200", "400", "401", "403", "404", "408", "409", "413", "415", "422", "429", "500", "503");
        assertThat(responses.at("/400/description").asText())
                .contains("`MALFORMED_JSON`", "`INVALID_KEY`", "`SAME_ACCOUNT`", "`INSUFFICIENT_FUNDS`");
        assertThat(responses
                        .at("/400/content/application~1json/examples/insufficient_funds/value/code")
                        .asInt())
                .isEqualTo(400);
        assertThat(responses.at("/401/$ref").asText()).isEqualTo("#/components/responses/Unauthenticated");
        // A reason of the endpoint's own keeps a response out of the shared ones.
        assertThat(operation(BANK + "/transactions/{id}/reverse", "post")
                        .at("/responses/409/description")
                        .asText())
                .contains("`KEY_IN_USE`", "`REVERSED`");
    }

    @Test
    void asksForATokenOnlyWhereOneIsNeeded() {
        assertThat(operation("/api/docs", "get").path("security")).isEmpty();
        assertThat(names(operation("/api/docs", "get").path("responses"))).doesNotContain("401", "403");
        assertThat(operation(BANK + "/account", "get").path("security")).isEqualTo(json("[{'bearer':[]}]"));
        assertThat(operation(BANK + "/account", "get").path("description").asText())
                .contains("`user`");
        // Whoever has a token has at least this role.
        assertThat(names(operation(BANK + "/calendar.ics", "get").path("responses")))
                .contains("401")
                .doesNotContain("403");
    }

    @Test
    void everyExampleSatisfiesItsSchema() {
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
        SchemaValidatorsConfig config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        List<JsonNode> media = new ArrayList<>();
        document.findValues("content").forEach(content -> content.forEach(media::add));
        int checked = 0;
        for (JsonNode one : media) {
            ObjectNode schema = one.path("schema").deepCopy();
            schema.set("components", document.path("components"));
            List<JsonNode> examples = new ArrayList<>();
            if (one.has("example")) {
                examples.add(one.path("example"));
            }
            one.path("examples").forEach(example -> examples.add(example.path("value")));
            for (JsonNode example : examples) {
                Set<ValidationMessage> faults =
                        factory.getSchema(schema, config).validate(example);
                assertThat(faults).as(example.toString()).isEmpty();
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(30);
        // The check itself can fail.
        assertThat(factory.getSchema(
                                ((ObjectNode) json("{'$ref':'#/components/schemas/TransferReceipt'}"))
                                        .set("components", document.path("components")),
                                config)
                        .validate(json("{'success':1}")))
                .isNotEmpty();
    }

    @Test
    void keepsAnAmountsZeros() {
        assertThat(response(BANK + "/account", "get", "200")
                        .at("/content/application~1json/example/balance")
                        .decimalValue()
                        .toPlainString())
                .isEqualTo("1000.00");
    }

    @Test
    void anEmptyPlatformHasADocumentToo() {
        ObjectNode empty = OpenApi.document(List.of(), new OpenApi.Info("1", Family.PLATFORM));
        assertThat(empty.path("paths").isObject()).isTrue();
        assertThat(empty.path("paths")).isEmpty();
    }

    private JsonNode operation(String path, String method) {
        return document.path("paths").path(path).path(method);
    }

    private JsonNode response(String path, String method, String status) {
        return operation(path, method).path("responses").path(status);
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.asText()));
        return texts;
    }

    private static List<String> membersOf(JsonNode array, String member) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> {
            if (node.has(member)) {
                texts.add(node.path(member).asText());
            }
        });
        return texts;
    }

    private static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
