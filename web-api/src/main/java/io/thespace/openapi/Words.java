package io.thespace.openapi;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Spellings that names in the document are made of. */
final class Words {

    private Words() {}

    /** {@code financial_business} as {@code FinancialBusiness}. */
    static String capitalised(String text) {
        return Arrays.stream(text.split("[^A-Za-z0-9]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    /** {@code TOO_LARGE} as {@code TooLarge}. */
    static String capitalised(Enum<?> constant) {
        return capitalised(constant.name().toLowerCase(Locale.ROOT));
    }
}
