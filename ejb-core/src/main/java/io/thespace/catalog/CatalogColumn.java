package io.thespace.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The description of one column.
 *
 * @param type the type of its values in words, for example {@code UUIDv7} or {@code ISO 4217 code}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CatalogColumn(String name, String type, String description, Classification classification) {}
