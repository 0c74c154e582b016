package io.thespace.mirrorcore;

import jakarta.annotation.Nullable;
import java.util.List;
import java.util.UUID;

/**
 * A session, measured from its turns as they are now.
 *
 * @param measures of all turns together
 * @param drift the mean of the windows' drift; null where no two windows could be compared
 * @param styleMatch the mean over all pairs of speakers; null where there is no pair to compare
 * @param keyPhrases the ten of the highest score
 * @param speakers at most 32, in the order in which they spoke first
 * @param matches each pair of speakers once
 * @param windows at most 50, in the order of time
 */
public record MetricsView(
        UUID sessionId,
        int turns,
        MeasuresView measures,
        @Nullable Double drift,
        @Nullable Double styleMatch,
        List<KeyPhraseView> keyPhrases,
        List<SpeakerView> speakers,
        List<MatchView> matches,
        List<WindowView> windows) {

    public MetricsView {
        keyPhrases = List.copyOf(keyPhrases);
        speakers = List.copyOf(speakers);
        matches = List.copyOf(matches);
        windows = List.copyOf(windows);
    }
}
