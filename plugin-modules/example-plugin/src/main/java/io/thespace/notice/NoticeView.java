package io.thespace.notice;

import java.time.Instant;
import java.util.UUID;

/** A notice as its readers see it. */
public record NoticeView(UUID id, UUID authorId, String title, String text, Instant postedAt) {}
