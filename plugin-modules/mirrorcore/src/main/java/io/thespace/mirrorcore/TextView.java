package io.thespace.mirrorcore;

import java.util.List;

/**
 * A text, measured.
 *
 * @param keyPhrases the ten of the highest score; none unless the text is English
 */
public record TextView(MeasuresView measures, List<KeyPhraseView> keyPhrases) {

    public TextView {
        keyPhrases = List.copyOf(keyPhrases);
    }
}
