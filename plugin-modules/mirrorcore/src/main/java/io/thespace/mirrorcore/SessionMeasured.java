package io.thespace.mirrorcore;

import io.thespace.plugin.api.EventType;
import jakarta.annotation.Nullable;
import java.util.UUID;

/**
 * The event of a completed session: ids and numbers, without contents and names.
 *
 * @param speakers the number of speakers
 * @param fleschReadingEase this and the following as in {@link MetricsView} and {@link MeasuresView}
 */
public record SessionMeasured(
        UUID sessionId,
        int turns,
        int speakers,
        int characters,
        @Nullable Integer words,
        @Nullable Double typeTokenRatio,
        @Nullable Double mtld,
        @Nullable Double fleschReadingEase,
        @Nullable Double fleschKincaidGrade,
        @Nullable Double questionRatio,
        @Nullable Double hedgeRatio,
        @Nullable Double sentiment,
        @Nullable Double drift,
        @Nullable Double styleMatch) {

    static final EventType TYPE = new EventType(
            "session_measured",
            "A session was completed and measured; the subject is the session's id.",
            SessionMeasured.class);

    static SessionMeasured of(MetricsView metrics) {
        MeasuresView measures = metrics.measures();
        return new SessionMeasured(
                metrics.sessionId(),
                metrics.turns(),
                metrics.speakers().size(),
                measures.characters(),
                measures.words(),
                measures.typeTokenRatio(),
                measures.mtld(),
                measures.fleschReadingEase(),
                measures.fleschKincaidGrade(),
                measures.questionRatio(),
                measures.hedgeRatio(),
                measures.sentiment(),
                metrics.drift(),
                metrics.styleMatch());
    }
}
