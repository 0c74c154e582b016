package io.thespace.directive;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** A change of a directive, drafted as its next version; null members keep the value of the latest version. */
public record DirectiveChange(
        @Size(min = 1, max = 200) @Pattern(regexp = "[\\s\\S]*\\S[\\s\\S]*", message = "must not be blank") String name,
        @Size(min = 1, max = 16_000) @Pattern(regexp = "[\\s\\S]*\\S[\\s\\S]*", message = "must not be blank")
                String content,
        @Min(0) @Max(1000) Integer priority) {

    /** For the documentation. */
    public static final DirectiveChange EXAMPLE = new DirectiveChange(null, "Never promise a refund.", null);
}
