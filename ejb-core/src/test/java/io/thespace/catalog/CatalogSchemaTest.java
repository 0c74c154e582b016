package io.thespace.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.json.Json;
import io.thespace.plugin.api.FieldError;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents that the schema accepts, and the errors of others by the path of the member. */
class CatalogSchemaTest {

    private static final String ENTRY =
            "{'name':'crm.contacts','kind':'external','owner':'Sales','description':'People.',"
                    + "'tenant_scoped':false,'retention':'3 years.','columns':[%s]}";
    private static final String COLUMN =
            "{'name':'email','type':'email address','description':'Where.','classification':'personal'}";

    private static List<FieldError> faults(String... entries) throws Exception {
        String document = "{'entries':[" + String.join(",", entries) + "]}";
        return CatalogSchema.faults(Json.MAPPER.readValue(document.replace('\'', '"'), CatalogDocument.class));
    }

    @Test
    void whatIsWholeIsTaken() throws Exception {
        assertThat(faults(ENTRY.formatted(COLUMN))).isEmpty();
        assertThat(faults()).isEmpty();
    }

    @Test
    void eachMissingMemberIsNamed() throws Exception {
        assertThat(faults("{'tenant_scoped':true}"))
                .extracting(FieldError::field)
                .containsExactlyInAnyOrder(
                        "entries[0].name",
                        "entries[0].kind",
                        "entries[0].owner",
                        "entries[0].description",
                        "entries[0].retention",
                        "entries[0].columns");
        assertThat(CatalogSchema.faults(new CatalogDocument(null, null)))
                .containsExactly(new FieldError("entries", "is missing"));
        assertThat(faults(ENTRY.formatted("{'name':'email'}")))
                .extracting(FieldError::field)
                .containsExactlyInAnyOrder(
                        "entries[0].columns[0].type",
                        "entries[0].columns[0].description",
                        "entries[0].columns[0].classification");
    }

    @Test
    void nothingIsNoEntry() {
        CatalogDocument document = new CatalogDocument(null, Collections.singletonList(null));
        assertThat(CatalogSchema.faults(document)).extracting(FieldError::field).containsExactly("entries[0]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"contacts", "Crm.contacts", "crm.contacts.email", "crm.", ".contacts", "crm contacts", ""})
    void aNameIsTwoNames(String name) throws Exception {
        assertThat(faults(ENTRY.formatted(COLUMN).replace("crm.contacts", name)))
                .containsExactly(new FieldError(
                        "entries[0].name",
                        "must be two names in snake_case with a dot between them, for example crm.contacts"));
    }

    @ParameterizedTest
    @CsvSource({"' 3 years.'", "''", "'3\\nyears'", "'3\\u0007years'"})
    void textIsOneVisibleLine(String retention) throws Exception {
        assertThat(faults(ENTRY.formatted(COLUMN).replace("3 years.", retention)))
                .containsExactly(new FieldError(
                        "entries[0].retention", "must be one line of text that does not start with a space"));
    }

    @Test
    void aColumnIsNeeded() throws Exception {
        assertThat(faults(ENTRY.formatted(""))).extracting(FieldError::field).containsExactly("entries[0].columns");
    }

    @Test
    void nothingIsNamedTwice() throws Exception {
        String entry = ENTRY.formatted(COLUMN);
        assertThat(faults(entry, entry))
                .containsExactly(new FieldError("entries[1].name", "is crm.contacts, which stands there twice"));
        assertThat(faults(ENTRY.formatted(COLUMN + "," + COLUMN)))
                .containsExactly(new FieldError("entries[0].columns[1].name", "is email, which stands there twice"));
    }

    @Test
    void noMoreFaultsThanAPersonReads() throws Exception {
        String[] entries = new String[100];
        Arrays.fill(entries, "{'tenant_scoped':true}");
        assertThat(faults(entries)).hasSize(20);
    }
}
