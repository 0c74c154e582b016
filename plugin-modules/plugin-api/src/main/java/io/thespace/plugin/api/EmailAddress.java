package io.thespace.plugin.api;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An e-mail address without visually confusable content: at most 254 characters (RFC 5321, 4.5.3.1), and no control
 * characters, spaces or characters that are not displayed, such as zero-width and bidirectional ones. {@link Email}
 * alone accepts them. Null is valid.
 */
@Email
@Size(max = 254)
@Pattern(regexp = EmailAddress.PATTERN)
@ReportAsSingleViolation
@Constraint(validatedBy = {})
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE_USE, ElementType.ANNOTATION_TYPE
})
public @interface EmailAddress {

    /**
     * Two parts without control characters, spaces, surrogates, private characters, what is not displayed (format characters,
     * Hangul and Khmer fillers, variation selectors, the Braille blank), and characters whose compatibility form is {@code @}.
     * A regular expression of Java and of ECMA-262, there also without its Unicode mode, which not all tools use: so it
     * names no category.
     */
    String PATTERN = EmailAddress.PART + "@" + EmailAddress.PART;

    /** A pattern for either side of the {@code @}. */
    String PART =
            "[^@\\u0000-\\u0020\\u007f-\\u00a0\\u00ad\\u034f\\u061c\\u115f\\u1160\\u1680\\u17b4\\u17b5\\u180b-\\u180f"
                    + "\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u2800\\u3000\\u3164\\ud800-\\uf8ff\\ufdd0-\\ufdef"
                    + "\\ufe00-\\ufe0f\\ufe6b\\ufeff\\uff20\\uffa0\\ufff0-\\uffff]+";

    /** The error message after the member's name. */
    String message() default
            "must be an email address of at most 254 characters, without spaces and invisible characters";

    /** Validation groups; none by default. */
    Class<?>[] groups() default {};

    /** Payload for validation clients; none by default. */
    Class<? extends Payload>[] payload() default {};
}
