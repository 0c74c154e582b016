package io.thespace.mirrorcore;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.plugin.api.Actor;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/** A turn with its text and its counts; immutable. */
@Entity
@Table(name = "turn")
class Turn {

    @Id
    private UUID id;

    @Column(name = "session_id", updatable = false)
    private UUID sessionId;

    @Column(updatable = false)
    private int position;

    @Column(name = "org_id", updatable = false)
    @SuppressWarnings("UnusedVariable") // queries read it
    private UUID orgId;

    @Column(name = "speaker_id", updatable = false)
    private UUID speakerId;

    @Column(name = "created_by", updatable = false)
    private UUID createdBy;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(updatable = false)
    private String text;

    @Column(updatable = false)
    private String language;

    @Column(updatable = false)
    private int characters;

    @Column(updatable = false)
    private int words;

    @Column(updatable = false)
    private int types;

    @Column(updatable = false)
    private int sentences;

    @Column(updatable = false)
    private int syllables;

    @Column(updatable = false)
    private int questions;

    @Column(updatable = false)
    private int hedges;

    @Column(name = "content_words", updatable = false)
    private int contentWords;

    @Column(name = "tagged_words", updatable = false)
    private int taggedWords;

    @Column(updatable = false)
    private double sentiment;

    @Column(name = "function_words", updatable = false)
    private int[] functionWords;

    @Column(updatable = false)
    private Double mtld;

    protected Turn() {}

    Turn(Actor actor, Speaker speaker, int position, String text, Measured measured) {
        Counts counts = measured.counts();
        this.id = UuidCreator.getTimeOrderedEpoch();
        this.sessionId = speaker.sessionId();
        this.position = position;
        this.orgId = actor.orgId();
        this.speakerId = speaker.id();
        this.createdBy = actor.userId();
        this.createdAt = Instant.now();
        this.text = text;
        this.language = counts.language();
        this.characters = counts.characters();
        this.words = counts.words();
        this.types = counts.types();
        this.sentences = counts.sentences();
        this.syllables = counts.syllables();
        this.questions = counts.questions();
        this.hedges = counts.hedges();
        this.contentWords = counts.contentWords();
        this.taggedWords = counts.taggedWords();
        this.sentiment = counts.sentiment();
        this.functionWords =
                counts.functionWords().stream().mapToInt(Integer::intValue).toArray();
        this.mtld = measured.mtld();
    }

    int position() {
        return position;
    }

    UUID speakerId() {
        return speakerId;
    }

    Instant createdAt() {
        return createdAt;
    }

    String text() {
        return text;
    }

    Counts counts() {
        return new Counts(
                language,
                characters,
                words,
                types,
                sentences,
                syllables,
                questions,
                hedges,
                contentWords,
                taggedWords,
                sentiment,
                Arrays.stream(functionWords).boxed().toList());
    }

    TurnView view(String speaker) {
        return new TurnView(
                id, sessionId, position, speaker, text, createdBy, createdAt, new Measured(counts(), mtld).view());
    }
}
