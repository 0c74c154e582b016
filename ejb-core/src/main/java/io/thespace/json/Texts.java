package io.thespace.json;

/** Texts that are shortened so that JSON can still hold them. */
public final class Texts {

    private Texts() {}

    /** The first characters of a text, at most so many and never half of a surrogate pair. */
    public static String truncate(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        boolean splits = max > 0 && Character.isHighSurrogate(text.charAt(max - 1));
        return text.substring(0, splits ? max - 1 : max);
    }
}
