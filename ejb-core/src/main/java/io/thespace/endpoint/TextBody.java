package io.thespace.endpoint;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A body whose single member may also be sent as plain UTF-8 text with a media type other than JSON. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface TextBody {

    /** The member's name in JSON. */
    String member();

    MediaType[] types();

    /** A member that a JSON object has when it is the text itself rather than an object with the text; empty for none. */
    String jsonMember() default "";

    /** A media type of such a text. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({})
    @interface MediaType {

        /** For example {@code application/xml}. */
        String value();

        /** For the documentation; empty for the example of the member. */
        String example() default "";
    }
}
