package io.thespace.simulator;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.stream.StreamSupport;

/**
 * An eligibility rule on a trait.
 *
 * @param value the value to compare with: an array for {@code in}, a number for {@code at_least} and {@code at_most},
 *     nothing for {@code exists}
 */
public record Rule(@NotNull @Pattern(regexp = "[a-z][a-z0-9_]{0,62}") String trait, @NotNull Is is, JsonNode value) {

    /** The comparison of a trait. A persona without the trait satisfies none of these. */
    public enum Is {
        @JsonProperty("equal_to")
        EQUAL_TO,
        @JsonProperty("other_than")
        OTHER_THAN,
        @JsonProperty("in")
        IN,
        @JsonProperty("at_least")
        AT_LEAST,
        @JsonProperty("at_most")
        AT_MOST,
        @JsonProperty("exists")
        EXISTS
    }

    boolean wellFormed() {
        return switch (is) {
            case EQUAL_TO, OTHER_THAN -> value != null && value.isValueNode();
            case IN -> value != null && value.isArray() && value.size() <= 100;
            case AT_LEAST, AT_MOST -> value != null && value.isNumber();
            case EXISTS -> value == null || value.isNull();
        };
    }

    boolean holds(PersonaView persona) {
        JsonNode trait = persona.traits().get(this.trait);
        if (trait == null) {
            return false;
        }
        return switch (is) {
            case EQUAL_TO -> same(value, trait);
            case OTHER_THAN -> !same(value, trait);
            case IN -> StreamSupport.stream(value.spliterator(), false).anyMatch(one -> same(one, trait));
            case AT_LEAST -> trait.isNumber() && trait.decimalValue().compareTo(value.decimalValue()) >= 0;
            case AT_MOST -> trait.isNumber() && trait.decimalValue().compareTo(value.decimalValue()) <= 0;
            case EXISTS -> true;
        };
    }

    private static boolean same(JsonNode one, JsonNode other) {
        return (one.isNumber() && other.isNumber())
                ? one.decimalValue().compareTo(other.decimalValue()) == 0
                : one.equals(other);
    }
}
