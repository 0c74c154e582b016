package io.thespace.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What is known of one column.
 *
 * @param type what its values are, for a person, for example {@code UUIDv7} or {@code ISO 4217 code}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CatalogColumn(String name, String type, String description, Classification classification) {}
